/**
 * Invented posts that match the default keyword set (config/keyword-sets.json). `{place}`, `{year}`, `{km}`, `{hour}` are filled in.
 * `keywords` are the names that title or body match, in the set's order; a test holds them against the set.
 */
export interface PostText {
  readonly keywords: readonly string[];
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export const KEYWORD_POSTS: readonly PostText[] = [
  {
    keywords: ['코나', '화재'],
    title: '{place} 지하주차장에서 코나 일렉트릭에 불이 났다네요',
    paragraphs: [
      '오늘 새벽 {hour}시쯤 충전 중이던 차에서 연기가 올라왔다고 합니다.',
      '소방차가 세 대 왔고 옆 차 두 대도 그을렸네요. 블박 영상 있으신 분 계신가요?',
    ],
  },
  {
    keywords: ['코나', '리콜'],
    title: '코나 EV {year}년식 리콜 통지서 받으신 분',
    paragraphs: [
      '우편으로 통지서가 왔는데 배터리를 통째로 바꿔준다는 건지 점검만 한다는 건지 모르겠습니다.',
      '사업소 예약은 두 달 뒤라고 하네요.',
    ],
  },
  {
    keywords: ['급발진'],
    title: '{place} 사거리 급발진 의심 사고 블랙박스',
    paragraphs: ['브레이크등이 계속 켜져 있는데 차가 {km}m 넘게 밀고 나갑니다.', '운전자분은 다행히 크게 다치지 않으셨다고 들었습니다.'],
  },
  {
    keywords: ['아이오닉'],
    title: '아이오닉 5 {km}km 탔습니다. 솔직 후기',
    paragraphs: ['출퇴근 위주로 {year}년부터 탔고 전비는 5.2 정도 나옵니다.', 'ICCU 한 번 교체했고 나머지는 만족합니다. 질문 주세요 :)'],
  },
  {
    keywords: ['아이오닉', '급발진'],
    title: '아이오닉 6 주차하다가 의도하지 않은 가속이 있었습니다',
    paragraphs: [
      '{place} 마트 주차장에서 살살 들어가는데 차가 갑자기 튀어나가 기둥을 박았습니다.',
      '사고기록장치 분석을 맡길 곳 추천 부탁드립니다.',
    ],
  },
  {
    keywords: ['화재', '리콜'],
    title: '배터리 화재 원인 발표, 리콜 대상 늘어난다고 합니다',
    paragraphs: [
      '조사단이 {place}에서 수거한 셀을 분석한 결과를 냈습니다.',
      '분리막 접힘이 문제라는데 <음극 탭> 이야기도 있고 & 제조사는 부인합니다.',
    ],
  },
  {
    keywords: ['화재'],
    title: '[영상] {place} 터널 차량 화재 목격했습니다',
    paragraphs: ['앞차에서 연기가 나더니 3분 만에 다 탔습니다.', '다들 비상구 위치는 꼭 확인하고 다니세요.'],
  },
  {
    keywords: ['코나'],
    title: '코나 {year}년식 중고로 보고 있는데 봐주세요',
    paragraphs: ['주행 {km}km, 무사고, 1인 신조입니다.', '배터리 상태(SOH) 확인은 어디서 하면 되나요?'],
  },
  {
    keywords: ['리콜'],
    title: '무상 수리 대상인데 사업소에서 그런 거 없다네요',
    paragraphs: ['홈페이지 조회하면 분명히 대상이라고 뜹니다.', '{place} 사업소 직원은 처음 듣는다고 합니다. 어디에 말해야 할까요?'],
  },
  {
    keywords: ['코나', '급발진'],
    title: 'KONA EV 내리막에서 급 가속, 저만 겪은 건가요?',
    paragraphs: ['{place} 고가 내려오는데 회생제동이 풀리면서 쭉 나갔습니다.', '서비스센터는 "정상"이라고만 합니다.'],
  },
  {
    keywords: ['아이오닉', '리콜'],
    title: 'IONIQ 5 recall 안내 문자 왔습니다',
    paragraphs: ['충전 제어 장치 업데이트라고 하는데 {hour}시간 걸린다네요.', '받고 나서 충전 속도 느려졌다는 글도 보여서 고민입니다.'],
  },
  {
    keywords: ['아이오닉', '화재'],
    title: '아이오닉 충전 중에 화재 경보가 울렸습니다',
    paragraphs: ['{place} 아파트 지하 2층이고 실제 연기는 없었습니다.', '관리사무소에서 이제 지하 충전을 막겠다고 하네요. 이게 맞나요?'],
  },
  {
    keywords: ['급발진', '리콜'],
    title: '급발진 인정 판결 나왔습니다. 리콜로 이어질까요',
    paragraphs: [
      '{place} 지방법원 1심이고 제조사가 항소한다고 합니다.',
      '판결문 보니 소프트웨어 결함 가능성을 배제할 수 없다고 적혀 있네요.',
    ],
  },
  {
    keywords: ['코나', '화재', '리콜'],
    title: '코나 화재 이후 리콜 받은 차, 또 시동이 꺼졌습니다',
    paragraphs: ['{year}년에 업데이트 받았는데 {place} 가는 길에 벽돌이 됐습니다.', '견인 기사님이 이번 달만 다섯 대째라고 하시네요.'],
  },
];
