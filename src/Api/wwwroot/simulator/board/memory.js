// Which phones lie on the table: kept in the address, so that a reload or a shared link shows the same ones, and in the
// session for a visit without it.
const KEY = 'simulator.open';

/** @returns {{open: string[]|null, active: string|null}} open = null on the very first visit */
export function recall() {
  const query = new URLSearchParams(location.search);
  const named = query.get('residents');
  if (named !== null) return { open: named.split(',').filter(Boolean), active: query.get('active') };
  try {
    return { open: null, active: null, ...JSON.parse(sessionStorage.getItem(KEY)) };
  } catch {
    return { open: null, active: null };
  }
}

export function remember(open, active) {
  sessionStorage.setItem(KEY, JSON.stringify({ open, active }));
  const query = new URLSearchParams({ residents: open.join(','), ...(active ? { active } : {}) });
  history.replaceState(null, '', `${location.pathname}?${query.toString().replaceAll('%2C', ',')}`);
}
