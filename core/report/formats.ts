/** What a plan can be exported as. `kind` is the extension of the file. */
export const EXPORT_FORMATS = [
  { id: "pdf", kind: "pdf", title: "Logbook page (PDF)" },
  { id: "html", kind: "html", title: "Logbook page (HTML, one file)" },
  { id: "md", kind: "md", title: "Logbook page (Markdown)" },
  { id: "svg", kind: "svg", title: "Picture of the experiment (SVG)" },
  { id: "glb", kind: "glb", title: "3D model for Blender and others (GLB)" },
  { id: "csv", kind: "csv", title: "Table of reflections (CSV)" },
  { id: "json", kind: "json", title: "All numbers (JSON)" },
  { id: "motors", kind: "txt", title: "Motor list (text)" },
  { id: "motors-csv", kind: "csv", title: "Motor list (CSV)" },
  { id: "motors-json", kind: "json", title: "Motor list (JSON)" },
] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number]["id"];
