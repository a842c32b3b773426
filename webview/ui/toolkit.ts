/**
 * The toolkit, imported nowhere else. It must be imported statically: its theme hooks itself to the load of the page.
 */
import {
  type Button,
  type Dropdown,
  provideVSCodeDesignSystem,
  type TextField,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());

interface ToolkitElements {
  "vscode-button": Button;
  "vscode-dropdown": Dropdown;
  "vscode-option": HTMLElement;
  "vscode-text-field": TextField;
}

export function toolkitElement<K extends keyof ToolkitElements>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
): ToolkitElements[K] {
  const node = document.createElement(tag) as unknown as ToolkitElements[K];
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
