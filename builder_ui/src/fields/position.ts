// Where the person is, as the browser itself knows it; nothing leaves the page.

/** Why the position is not known. */
export type PositionFault = "unsupported" | "insecure" | "denied" | "unavailable" | "timeout";

export interface Position {
  longitude: number;
  latitude: number;
}

const DECIMALS = 1_000_000;
const PATIENCE_MS = 20_000;
const BY_CODE: Record<number, PositionFault> = { 1: "denied", 2: "unavailable", 3: "timeout" };

function rounded(degrees: number): number {
  return Math.round(degrees * DECIMALS) / DECIMALS;
}

/** Asks the person for permission if that is needed. */
export function ownPosition(): Promise<Position | PositionFault> {
  if (!window.isSecureContext) return Promise.resolve("insecure");
  const device = navigator.geolocation as Geolocation | undefined;
  if (device === undefined) return Promise.resolve("unsupported");
  return new Promise((resolve) => {
    device.getCurrentPosition(
      ({ coords }) => resolve({ longitude: rounded(coords.longitude), latitude: rounded(coords.latitude) }),
      ({ code }) => resolve(BY_CODE[code] ?? "unavailable"),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
  });
}
