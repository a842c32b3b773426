/** What a plan can be exported as. `kind` is the extension of the file, `suffix` what its name ends with. */
export const EXPORT_FORMATS = [
  { id: "pdf", kind: "pdf", suffix: "", title: "Logbook page (PDF)" },
  { id: "html", kind: "html", suffix: "", title: "Logbook page (HTML, one file)" },
  { id: "md", kind: "md", suffix: "", title: "Logbook page (Markdown)" },
  { id: "svg", kind: "svg", suffix: "", title: "Picture of the experiment (SVG)" },
  { id: "glb", kind: "glb", suffix: "", title: "3D model for Blender and others (GLB)" },
  { id: "csv", kind: "csv", suffix: "-reflections", title: "Table of reflections (CSV)" },
  { id: "json", kind: "json", suffix: "", title: "All numbers (JSON)" },
  { id: "motors", kind: "txt", suffix: "-motors", title: "Motor list (text)" },
  { id: "motors-csv", kind: "csv", suffix: "-motors", title: "Motor list (CSV)" },
  { id: "motors-json", kind: "json", suffix: "-motors", title: "Motor list (JSON)" },
] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number]["id"];
