import { muteSubject } from './mute-alerts.ts';

it('takes a post by its key and a keyword by its name', () => {
  expect(muteSubject('clien/cm_car/7', ['코나'])).toEqual({ post: { site: 'clien', board: 'cm_car', post_id: '7' } });
  expect(muteSubject('코나', ['코나'])).toEqual({ keyword: '코나' });
});

it.each(['소나타', 'clien/cm_car', 'clien/cm_car/7/8', ''])('refuses "%s", naming the keywords that there are', (what) => {
  expect(() => muteSubject(what, ['코나', '화재'])).toThrow(`"${what}" is neither a post as site/board/id nor a keyword`);
  expect(() => muteSubject(what, ['코나', '화재'])).toThrow('코나, 화재.');
});
