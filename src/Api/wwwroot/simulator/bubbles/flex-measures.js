// Flex Message's own words for lengths, as CSS (LINE reference, Flex Message). Anything else is refused, so a message can set
// a size or a colour but never smuggle other CSS in.

const steps = { none: '0', xs: '2px', sm: '4px', md: '8px', lg: '12px', xl: '16px', xxl: '20px' };
const fonts = { xxs: '11px', xs: '13px', sm: '14px', md: '16px', lg: '19px', xl: '22px', xxl: '29px', '3xl': '35px', '4xl': '48px', '5xl': '74px' };
const pictures = { xxs: '40px', xs: '60px', sm: '80px', md: '100px', lg: '120px', xl: '140px', xxl: '160px', '3xl': '180px', '4xl': '200px', '5xl': '220px', full: '100%' };
const lines = { none: '0', light: '0.5px', normal: '1px', medium: '2px', 'semi-bold': '3px', bold: '4px' };

const measured = value => (/^-?\d+(\.\d+)?(px|%)$/.test(value ?? '') ? value : null);

/** margin, spacing, padding, cornerRadius, offsets */
export const step = value => steps[value] ?? measured(value);
export const fontSize = value => fonts[value] ?? measured(value);
export const pictureSize = value => pictures[value] ?? measured(value);
export const lineWidth = value => lines[value] ?? measured(value);
export const length = measured;

/** `w:h` as CSS aspect-ratio. */
export const ratio = (value, otherwise = '1:1') => {
  const [, w, h] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value ?? otherwise) ?? [null, '1', '1'];
  return `${w} / ${h}`;
};

/** Widths of bubbles. */
export const bubbleWidths = { nano: '120px', micro: '160px', deca: '220px', hecto: '241px', kilo: '260px', mega: '300px', giga: '386px' };
