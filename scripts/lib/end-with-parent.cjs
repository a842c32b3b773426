// Ends this process soon after its parent has ended, even if the parent was killed and could not pass that on.
"use strict";
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(143);
}, 500).unref();
