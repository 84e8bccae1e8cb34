import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env["FORMWRIGHT_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  plugins: [react()],
  build: {
    outDir: "../engine/static/app",
    emptyOutDir: true,
    // data: addresses of small files would need a wider content policy
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { host: "127.0.0.1", proxy: { "/api": server } },
  test: {
    environment: "jsdom",
    setupFiles: ["tests/setup.ts"],
    include: ["tests/**/*.test.{ts,tsx}"],
    // only to end what hangs: a busy machine may need long to draw a page
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
