// Stands in for the native module native-watchdog, which is not compiled here: ends this process when its parent is gone.
"use strict";
let timer;

exports.start = (pid) => {
  if (timer !== undefined) return;
  timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (error.code === "ESRCH") process.exit(87);
    }
  }, 2000);
  timer.unref();
};
exports.exit = (code) => process.exit(code);
