import { fetched } from './fetched-area.tsx';
import { HeaderBar } from './header-bar.tsx';

/** Its menus and hints are half of what the page would otherwise have to fetch before it can take a picture. */
export const Header = fetched(
  { name: 'The header', fallback: <HeaderBar /> },
  async () => (await import('./header.tsx')).Header,
);
