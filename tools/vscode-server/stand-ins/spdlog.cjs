// Stands in for the native module @vscode/spdlog, which is not compiled here: without it VS Code's log files and output
// channels stay empty. Named exports are assigned one by one, because VS Code imports this file as an ES module.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const levels = ["trace", "debug", "info", "warning", "error", "critical"];

class Logger {
  constructor(_type, _name, file) {
    this.level = 0;
    this.plain = false;
    this.handle = fs.openSync(file, "a");
  }
  write(level, message) {
    if (level < this.level || this.handle === null) return;
    const stamp = new Date().toISOString().replace("T", " ").replace("Z", "");
    fs.writeSync(this.handle, this.plain ? message : `${stamp} [${levels[level]}] ${message}\n`);
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.plain = false;
  }
  clearFormatters() {
    this.plain = true;
  }
  flush() {}
  drop() {
    if (this.handle !== null) fs.closeSync(this.handle);
    this.handle = null;
  }
}

async function createLogger(name, file) {
  await fs.promises.mkdir(path.dirname(file), { recursive: true });
  return new Logger("rotating", name, file);
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
