// Flex Messages: bubble, carousel and their components, laid out by CSS flexbox as LINE lays them out.
import { el } from '../base/dom.js';
import { icon as drawn } from '../base/icons.js';
import { picture } from './media.js';
import { readableOn, safeColour } from './safe.js';
import { row } from './templates.js';
import { bubbleWidths, fontSize, length, lineWidth, pictureSize, ratio, step } from './flex-measures.js';

/** @returns {{node: HTMLElement, wide: boolean}} */
export function flexBubble(message, perform) {
  const { contents, altText } = message;
  return contents.type === 'carousel'
    ? { node: row(altText, contents.contents.map(one => bubble(one, perform))), wide: true }
    : { node: bubble(contents, perform), wide: true };
}

function bubble(bubbleJson, perform) {
  const size = bubbleJson.size in bubbleWidths ? bubbleJson.size : 'mega';
  const node = el('div', { class: `flex-bubble size-${size}`, dir: bubbleJson.direction === 'rtl' ? 'rtl' : null });
  node.style.width = bubbleWidths[size];
  for (const block of ['header', 'hero', 'body', 'footer']) {
    const json = bubbleJson[block];
    if (!json) continue;
    const part = el('div', { class: `flex-${block}` }, component(json, 'vertical', perform));
    const style = bubbleJson.styles?.[block] ?? {};
    set(part, 'backgroundColor', safeColour(style.backgroundColor));
    if (style.separator) {
      part.classList.add('parted');
      set(part, 'borderTopColor', safeColour(style.separatorColor));
    }
    node.append(part);
  }
  tappable(node, bubbleJson.action, perform);
  return node;
}

function set(node, name, value) {
  if (value !== null && value !== undefined) node.style[name] = value;
}

/** One component inside a box of the given layout. */
function component(json, layout, perform) {
  const make = makers[json.type];
  if (!make) return el('span', { class: 'flex-unknown', text: json.type });
  const node = make(json, layout, perform);
  place(node, json, layout);
  return node;
}

// In a horizontal or baseline box a component takes an equal share unless it says otherwise; in a vertical one its own height.
const shares = { box: 1, button: 1, image: 1, text: 1, video: 1, icon: 0, separator: 0, spacer: 0, filler: 1, span: 0 };

function place(node, json, layout) {
  const share = json.flex ?? (layout === 'vertical' ? (json.type === 'filler' ? 1 : 0) : sized(json) ? 0 : shares[json.type] ?? 0);
  node.style.flex = share > 0 ? `${Number(share)} 1 ${layout === 'vertical' ? 'auto' : '0'}` : '0 0 auto';
  const gap = step(json.margin);
  if (gap) node.style[layout === 'vertical' ? 'marginTop' : 'marginInlineStart'] = gap;
  if (json.gravity && layout === 'horizontal') node.style.alignSelf = { top: 'flex-start', center: 'center', bottom: 'flex-end' }[json.gravity] ?? '';
  if (json.position === 'absolute') node.classList.add('absolute');
  set(node, 'top', step(json.offsetTop));
  set(node, 'bottom', step(json.offsetBottom));
  set(node, 'insetInlineStart', step(json.offsetStart));
  set(node, 'insetInlineEnd', step(json.offsetEnd));
}

const sized = json => json.type === 'box' && length(json.width) !== null;

const makers = {
  box(json, _, perform) {
    const layout = ['horizontal', 'vertical', 'baseline'].includes(json.layout) ? json.layout : 'vertical';
    const node = el('div', { class: `flex-box ${layout}` });
    (json.contents ?? []).forEach((child, i) => {
      const spaced = i > 0 && json.spacing && child.margin === undefined ? { ...child, margin: json.spacing } : child;
      node.append(component(spaced, layout, perform));
    });
    for (const name of ['width', 'height', 'maxWidth', 'maxHeight']) set(node, name, length(json[name]));
    set(node, 'padding', step(json.paddingAll));
    set(node, 'paddingTop', step(json.paddingTop));
    set(node, 'paddingBottom', step(json.paddingBottom));
    set(node, 'paddingInlineStart', step(json.paddingStart));
    set(node, 'paddingInlineEnd', step(json.paddingEnd));
    set(node, 'backgroundColor', safeColour(json.backgroundColor));
    set(node, 'borderWidth', lineWidth(json.borderWidth));
    set(node, 'borderColor', safeColour(json.borderColor));
    if (json.borderWidth || json.borderColor) node.style.borderStyle = 'solid';
    if (json.cornerRadius) {
      set(node, 'borderRadius', step(json.cornerRadius));
      node.style.overflow = 'hidden';
    }
    if (/^(center|flex-start|flex-end|space-between|space-around|space-evenly)$/.test(json.justifyContent ?? '')) node.style.justifyContent = json.justifyContent;
    if (/^(center|flex-start|flex-end)$/.test(json.alignItems ?? '')) node.style.alignItems = json.alignItems;
    gradient(node, json.background);
    tappable(node, json.action, perform);
    return node;
  },

  text(json, _, perform) {
    const node = el('p', { class: json.wrap ? 'flex-text wrap' : 'flex-text' });
    if (json.contents?.length) node.append(...json.contents.map(span => styled(el('span', { text: span.text ?? '' }), span)));
    else node.textContent = json.text ?? '';
    styled(node, json, 'md');
    if (/^(start|end|center)$/.test(json.align ?? '')) node.style.textAlign = json.align;
    if (json.wrap && json.maxLines > 0) {
      node.classList.add('clamped');
      node.style.webkitLineClamp = String(Number(json.maxLines));
    }
    const leading = length(json.lineSpacing);
    if (leading) node.style.lineHeight = `calc(1.4em + ${leading})`;
    tappable(node, json.action, perform);
    return node;
  },

  span: json => styled(el('span', { text: json.text ?? '' }), json),

  button(json, _, perform) {
    const style = ['primary', 'secondary', 'link'].includes(json.style) ? json.style : 'link';
    const node = el('button', { type: 'button', class: `flex-button ${style} ${json.height === 'sm' ? 'sm' : 'md'}`, text: json.action?.label ?? '', on: { click: () => perform(json.action) } });
    const colour = safeColour(json.color);
    if (colour && style === 'link') node.style.color = colour;
    if (colour && style !== 'link') {
      node.style.backgroundColor = colour;
      node.style.color = style === 'primary' ? '#ffffff' : readableOn(colour);
    }
    return node;
  },

  image(json, _, perform) {
    const node = el('div', { class: `flex-image ${json.align === 'start' || json.align === 'end' ? json.align : 'center'}` });
    const frame = el('div', { class: `flex-picture ${json.aspectMode === 'cover' ? 'cover' : 'fit'}` }, picture(json.url, json.action?.label ?? ''));
    frame.style.width = pictureSize(json.size ?? 'md') ?? '100px';
    frame.style.aspectRatio = ratio(json.aspectRatio);
    set(frame, 'backgroundColor', safeColour(json.backgroundColor));
    node.append(frame);
    tappable(node, json.action, perform);
    return node;
  },

  icon(json) {
    const node = el('span', { class: 'flex-icon' }, picture(json.url, ''));
    node.style.height = fontSize(json.size ?? 'md') ?? '16px';
    node.style.aspectRatio = ratio(json.aspectRatio);
    return node;
  },

  video(json, _, perform) {
    const node = el('div', { class: 'flex-image center' });
    const frame = el('div', { class: 'flex-picture cover film' }, picture(json.previewUrl, '動画'), el('span', { class: 'play' }, drawn('play', 28)));
    frame.style.width = '100%';
    frame.style.aspectRatio = ratio(json.aspectRatio, '20:13');
    node.append(frame);
    tappable(node, json.action, perform);
    return node;
  },

  separator(json, layout) {
    const node = el('div', { class: `flex-separator ${layout === 'vertical' ? 'across' : 'along'}` });
    set(node, 'backgroundColor', safeColour(json.color));
    return node;
  },

  filler: () => el('div', { class: 'flex-filler' }),

  spacer(json) {
    const node = el('div', { class: 'flex-filler' });
    set(node, 'paddingTop', step(json.size ?? 'md'));
    return node;
  },
};

function styled(node, json, size) {
  set(node, 'fontSize', fontSize(json.size ?? size));
  set(node, 'color', safeColour(json.color));
  if (json.weight === 'bold') node.style.fontWeight = '700';
  if (json.style === 'italic') node.style.fontStyle = 'italic';
  if (json.decoration === 'underline' || json.decoration === 'line-through') node.style.textDecoration = json.decoration;
  return node;
}

function gradient(node, background) {
  if (background?.type !== 'linearGradient' || !/^\d+(\.\d+)?deg$/.test(background.angle ?? '')) return;
  const [start, centre, end] = [background.startColor, background.centerColor, background.endColor].map(safeColour);
  if (!start || !end) return;
  const middle = centre ? `, ${centre} ${/^\d+(\.\d+)?%$/.test(background.centerPosition ?? '') ? background.centerPosition : '50%'}` : '';
  node.style.backgroundImage = `linear-gradient(${background.angle}, ${start}${middle}, ${end})`;
}

/** A tap on the whole component. It becomes a button for the keyboard too, unless buttons stand inside it: those stay the way in. */
function tappable(node, action, perform) {
  if (!action) return;
  node.classList.add('tappable');
  node.addEventListener('click', event => {
    event.stopPropagation();
    perform(action);
  });
  if (node.querySelector('button, a, [role="button"]')) return;
  node.setAttribute('role', 'button');
  node.tabIndex = 0;
  // Five buttons that all read 修正 say nothing; what the tap will say does, as long as it contains the words one sees.
  const seen = node.textContent.trim();
  const name = action.displayText?.includes(seen) ? action.displayText : action.label?.includes(seen) ? action.label : seen || action.label;
  if (name) node.setAttribute('aria-label', name);
  node.addEventListener('keydown', event => {
    if (event.target !== node || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    node.click();
  });
}
