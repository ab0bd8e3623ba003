/*
 * Invented materials of a briefing.
 */
import type { Material, Reply } from "../../../web/src/api/types";
import type { Exchange } from "./exchange";

type Materials = Reply<"/briefings/{briefing}/materials", "get">;

const GIVEN = new Date(Date.now() - 26 * 60 * 60 * 1000).toISOString();

function material(
  n: number,
  title: string,
  more: Partial<Material> = {},
): Material {
  return {
    id: `briefing-material--${n}`,
    title,
    label: "amber",
    kind: "pdf",
    given_by: "National Infrastructure Watch",
    given: GIVEN,
    is_replaced: false,
    etag: `"${n}"`,
    file: {
      id: `artifact--${n}`,
      name: "slides.pdf",
      bytes: 1_843_201,
      sha256: "0".repeat(64),
      href: `/api/files/artifact--${n}`,
    },
    ...more,
  };
}

export const MATERIALS: Materials = {
  may_give: false,
  bytes_max: 25 * 1024 * 1024,
  items: [
    material(1, "Read ahead: what we have seen since August 7"),
    material(2, "Addresses that imitate county offices", {
      item: "briefing-item--1",
      kind: "csv",
      is_replaced: true,
      file: {
        id: "artifact--2",
        name: "addresses.csv",
        bytes: 2112,
        sha256: "1".repeat(64),
        href: "/api/files/artifact--2",
      },
    }),
    material(3, "Paper Lantern", {
      item: "briefing-item--2",
      label: "amber+strict",
      kind: "object",
      given_by: "Larkmoor Social",
      file: undefined,
      object: {
        id: "report--1",
        type: "report",
        title: "Paper Lantern: who is behind it",
        label: "amber+strict",
      },
    }),
  ],
};

const OPENED = [{ of: 57, at_least: 20 }, { of: 8 }, { of: 57, at_least: 0 }];

/* Hosts give, and are told how many opened each (R2). */
export function tellMaterials(
  exchange: Exchange,
  at: string,
  may_give: boolean,
): void {
  const items = MATERIALS.items.map((item, n) => ({
    ...item,
    ...(may_give && { opened: OPENED[n] }),
  }));
  exchange.on(`GET ${at}/materials`, { ...MATERIALS, may_give, items });
}
