/** Style sheets are bundled by esbuild into one file beside each panel's script. */
declare module "*.css";
