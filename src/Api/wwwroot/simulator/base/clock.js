// Times as people in Japan read them. The office lives in Japan; so does the phone, wherever the browser is.
const zone = 'Asia/Tokyo';
const hm = new Intl.DateTimeFormat('ja-JP', { timeZone: zone, hour: 'numeric', minute: '2-digit' });
const hms = new Intl.DateTimeFormat('ja-JP', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const ymd = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
const md = new Intl.DateTimeFormat('ja-JP', { timeZone: zone, month: 'long', day: 'numeric', weekday: 'short' });

export const timeOf = at => hm.format(new Date(at));
export const exactTimeOf = at => hms.format(new Date(at));

/** yyyy-MM-dd in Japan. */
export const dayOf = at => ymd.format(new Date(at));

/** 今日, 昨日, or 11月22日(日). */
export function dayName(at) {
  const day = dayOf(at);
  if (day === dayOf(Date.now())) return '今日';
  if (day === dayOf(Date.now() - 86_400_000)) return '昨日';
  return md.format(new Date(at));
}
