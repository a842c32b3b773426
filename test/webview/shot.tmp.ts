import { closeBrowser, openPanel } from "./harness.ts";
const lens=[{path:["lens"],value:{file:"id06"}}, {path:["lens","detectorDistance_mm"],value:5000}];
const shots:[string,object][]=[["dark",{width:1500,height:1000}],["light",{theme:"vscode-light",width:900,height:1400}],["narrow",{theme:"vscode-high-contrast",width:480,height:2600}],["nofocus",{ops:[...lens,{path:["beam","energy_keV"],value:40}],width:1500,height:1000}]];
for (const [n,o] of shots){ const p=await openPanel("lens",{ops:lens,...o} as never); await p.page.screenshot({path:`/tmp/lens-${n}.png`}); console.log(n,p.faults, await p.page.locator('[data-result=headline]').textContent()); await p.close(); }
await closeBrowser();
