import type { Subject } from '../world/world-post.ts';

const ANYWHERE: readonly string[] = [
  '저도 같은 생각입니다',
  '헐 진짜요?',
  '이건 좀 아니지 않나',
  '좋은 정보 감사합니다',
  '글쓴이님 힘내세요',
  '추천 누르고 갑니다',
  '댓글 보러 왔습니다',
  '그래서 결론이 뭔가요',
  '와... 할 말이 없네요',
  '퍼가도 될까요?',
  '저는 반대로 봅니다. 양쪽 말을 다 들어봐야죠',
  '며칠 뒤에 후기 부탁드려요 🙏',
  '예전에도 이런 글 있었는데 결국 흐지부지됐죠',
  '출처가 어디인가요? <링크> 좀',
];

const CAR: readonly string[] = [
  '제 차도 작년에 똑같은 증상으로 입고했습니다',
  '사업소 가면 정상이라는 말만 합니다',
  '블박 원본은 꼭 따로 저장해 두세요',
  '보험사 & 제조사 둘 다 모르쇠일 겁니다',
  '국토부 신고센터에도 접수하세요',
  '이래서 옵션은 다 필요 없고 기본만 잘 만들면 됩니다',
  '배터리 80%까지만 충전하라고 안내 왔었어요',
  '타이어 공기압부터 확인해 보시죠',
  '동호회에서 단체로 움직인다는 말이 있습니다',
  '견적이 얼마나 나왔나요?',
  '저라면 바로 변호사 상담 받습니다',
  '이 가격이면 그냥 한 급 위로 가시는 게 낫습니다',
  '연식 바뀌면 개선된다고 들었는데 아직인가 보네요',
  '정비 이력은 "자동차365"에서 조회됩니다',
];

const TALK: readonly string[] = [
  '우리 동네도 그렇습니다',
  '커피는 역시 집에서 내려 마셔야죠',
  '저는 그냥 라면 먹었습니다',
  '옆 부서 김 과장님 이야기인 줄 알았네요',
  '내용증명 먼저 보내세요. 그게 순서입니다',
  '9회말만 안 봤으면 행복했을 텐데',
  '고양이도 웃습니다. 진짜예요',
  '축의금은 마음이죠',
];

const POLITICS: readonly string[] = [
  '다음 선거 때 두고 봅시다',
  '양쪽 다 똑같습니다',
  '기사 제목만 보고 흥분하지 맙시다',
  '세금 내기 싫어지네요',
  '찬성 | 반대로 나눌 일이 아닙니다',
  '토론은 환영, 비난은 사절',
];

/** What people write below a post about a subject, without the endings that make each one a little different. */
export const COMMENT_TEXTS: Readonly<Record<Subject, readonly string[]>> = {
  keyword: [...ANYWHERE, ...CAR, ...CAR],
  car: [...ANYWHERE, ...CAR],
  trap: [...ANYWHERE, ...TALK],
  chatter: [...ANYWHERE, ...TALK],
  politics: [...ANYWHERE, ...POLITICS],
};

export const ENDINGS: readonly string[] = ['', '', '', ' ㅋㅋ', ' ㅋㅋㅋㅋ', ' ㅠㅠ', '...', '!', ' ^^', ' ㄷㄷ', '~', ' ;;'];

export const SECOND_LINES: readonly string[] = [
  '아무튼 조심하세요',
  '아니면 말고요',
  '이상 지나가던 사람',
  '제 경험이니 참고만 하세요',
  '반박 시 님 말이 맞습니다',
];
