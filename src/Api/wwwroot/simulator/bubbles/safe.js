// What may leave a message and reach the browser: addresses and colours are checked, everything else is text.

/** An http(s) address, or null. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.origin);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
  } catch {
    return null;
  }
}

/** #RRGGBB or #RRGGBBAA, or null. */
export const safeColour = colour => (/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(colour ?? '') ? colour : null);

/** Black or white, whichever can be read on `colour`. */
export function readableOn(colour) {
  const [r, g, b] = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16) / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (light + 0.05) >= 4.5 ? '#ffffff' : '#1a1a1a';
}
