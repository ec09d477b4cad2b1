import type { PostText } from './keyword-posts.ts';

type OtherText = Omit<PostText, 'keywords'>;

/** Negative words of the default set hold a keyword inside: none of these may alarm. */
export const TRAP_POSTS: readonly OtherText[] = [
  {
    title: '하와이 다녀온 동료가 준 코나커피 마셔보신 분',
    paragraphs: ['산미가 적고 고소합니다. {place} 로스터리보다 낫네요.', '원두 {km}g에 얼마 정도가 적당한가요?'],
  },
  { title: '코나 커피 원두 공동구매 하실 분 손', paragraphs: ['{place} 직거래 가능합니다.', '{hour}명 모이면 바로 주문 넣겠습니다.'] },
  {
    title: '자동차 말고 집 화재보험 다들 드셨나요?',
    paragraphs: ['{place} 아파트 {year}년에 입주했습니다.', '월 만 원대로 괜찮은 상품이 있는지 궁금합니다.'],
  },
  {
    title: '코나카드로 주유하면 할인되는 곳 정리',
    paragraphs: ['{place} 지역화폐 충전하면 10% 더 줍니다.', '세차장도 되는 곳이 있으니 확인해 보세요.'],
  },
];

export const CAR_POSTS: readonly OtherText[] = [
  {
    title: '{year}년식 카니발 하이브리드 출고 후기',
    paragraphs: ['{hour}개월 기다려서 어제 받았습니다.', '연비는 시내 13 정도 나오네요. 사진은 나중에 올리겠습니다.'],
  },
  { title: '셀프 세차 {place} 추천 좀 해주세요', paragraphs: ['거품 잘 나오고 에어건 센 곳 찾습니다.', '주말에는 줄이 너무 길어요 ㅠㅠ'] },
  {
    title: '겨울 타이어 지금 사면 호구인가요?',
    paragraphs: ['245/45R19 네 짝에 {km}천 원 불렀습니다.', '{place} 쪽 잘하는 집 있으면 알려주세요.'],
  },
  {
    title: '쏘렌토 vs 싼타페, 와이프는 <무조건 하얀색>',
    paragraphs: ['아이 둘 & 유모차 기준입니다.', '{place} 전시장 두 군데 다녀왔는데 더 모르겠네요.'],
  },
  {
    title: '주차 테러 당했습니다 {place} 마트',
    paragraphs: ['문콕이 아니라 그냥 긁고 갔네요.', '블박 각도가 안 나와서 번호판이 안 보입니다. {hour}시쯤입니다.'],
  },
  { title: '엔진오일 교환주기 {km}km 지키시나요', paragraphs: ['정비소마다 말이 다릅니다.', '저는 그냥 1년에 한 번 갑니다.'] },
  {
    title: '신형 그랜저 실물 봤는데 생각보다 크네요',
    paragraphs: ['{place} 매장에 한 대 있습니다.', '뒷자리 공간은 확실히 넓습니다. 시승은 {hour}일 뒤에 가능하대요.'],
  },
  {
    title: '과태료 사전통지서가 왔는데 제 차가 아닙니다',
    paragraphs: ['{place} 시청에 전화하니 사진을 보내주네요.', '번호판 한 글자 차이입니다. 황당합니다.'],
  },
];

export const CHATTER_POSTS: readonly OtherText[] = [
  { title: '오늘 점심 뭐 드셨어요?', paragraphs: ['저는 {place} 순댓국 먹었습니다.', '국물이 예전만 못하네요.'] },
  {
    title: '층간소음 {hour}개월째, 오늘은 못 참겠습니다',
    paragraphs: ['윗집 아이가 뛰는 건 이해하는데 새벽 세 시는 아니지 않나요.', '관리사무소는 연락만 해보겠다고 합니다.'],
  },
  {
    title: '결혼식 축의금 10만 원이면 적은가요?',
    paragraphs: ['회사 동료이고 부서는 다릅니다.', '식대가 {km}천 원이라는 말을 들어서 고민이네요.'],
  },
  { title: '{place} 사시는 분들 물 나오나요?', paragraphs: ['아침 {hour}시부터 단수입니다.', '문자도 없이 이러네요.'] },
  {
    title: '강아지가 처음으로 산책하다 웃었습니다',
    paragraphs: ['{year}년에 데려온 아이인데 이제야 마음을 여네요.', '다들 좋은 하루 보내세요 🐶'],
  },
  {
    title: '야구 어제 경기 보신 분... 9회말에 이게 뭔가요',
    paragraphs: ['{place} 원정 갔다가 막차 놓쳤습니다.', '투수 교체 타이밍이 "예술"이네요.'],
  },
  {
    title: '전세 만기인데 집주인이 연락이 안 됩니다',
    paragraphs: ['{place} 빌라이고 보증보험은 들어 놨습니다.', '내용증명부터 보내면 될까요?'],
  },
];

export const POLITICS_POSTS: readonly OtherText[] = [
  { title: '{place} 보궐선거 여론조사 나왔네요', paragraphs: ['오차범위 안이라 모른다고 봅니다.', '응답률이 {hour}% 밖에 안 되네요.'] },
  { title: '예산안 심사 또 파행이랍니다', paragraphs: ['{hour}시간 회의하고 한 줄도 못 고쳤다네요.', '세금이 아깝습니다.'] },
  {
    title: '도로 예산 {km}억이 어디로 갔는지 아시는 분',
    paragraphs: ['{place} 우회도로는 {year}년부터 공사 중입니다.', '담당자 바뀔 때마다 처음부터 다시 한답니다.'],
  },
  {
    title: '국회 청문회 생중계 보는데 <답변>이 없네요',
    paragraphs: ['"기억이 나지 않는다"만 {hour}번째입니다.', '반대 | 찬성 나눠서 싸우기만 하고 답답합니다.'],
  },
];

export const PLACES: readonly string[] = ['분당', '수원', '대구', '송도', '세종', '전주', '김해', '춘천', '노원', '하남', '천안', '제주'];
