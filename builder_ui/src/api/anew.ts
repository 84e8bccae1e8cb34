/** Load the page anew at an address of this site, with nothing left of what it held; the way back does not lead here. */
export function loadAnew(path: string): void {
  window.location.replace(path);
}
