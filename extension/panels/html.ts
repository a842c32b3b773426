import type { PanelKind } from "../../core/protocol/index.ts";

/** Addresses that VS Code makes for one webview, and the secret that lets its scripts run. */
export interface PageSource {
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/** The page of a panel. It carries no data: everything comes with the `init` message. */
export const panelHtml = (kind: PanelKind, { cspSource, nonce, script, style }: PageSource): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<title>${TITLES[kind]}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;

export const TITLES: Readonly<Record<PanelKind, string>> = {
  geometry: "Geometry",
  reflections: "Reflections",
  attenuation: "Attenuation",
  lens: "Lens",
};

const policy = (cspSource: string, nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${cspSource}`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `connect-src ${cspSource}`,
    "worker-src blob:",
  ].join("; ");

/** 128 random bits in hexadecimal. */
export const createNonce = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
