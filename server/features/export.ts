import type { ExportAnswer, ExportParams } from "../../core/protocol/index.ts";
import { exportContent } from "../../core/report/index.ts";

/** All that is exported of a plan: computed here, where the tables of elements are loaded already. */
export const exportAnswer = (params: ExportParams): ExportAnswer => exportContent(params);
