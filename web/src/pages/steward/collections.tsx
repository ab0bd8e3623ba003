/*
 * The collections in which everything stands, and adding one.
 */
import { request } from "../../api/client";
import type { Collection } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { ChipShape } from "../../parts/labels";
import { FormFrame } from "../../parts/form";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Ready } from "../../parts/states";
import { useForm } from "../../parts/use-form";
import { Link } from "../../shell/router";
import { steward } from "../../words/steward";
import { CollectionFields, EMPTY_COLLECTION, newCollectionOf } from "./collection-fields";
import { ExchangePage } from "./frame";

const text = steward.collections;

export function CollectionsPage() {
  const collections = useResource("/collections");
  const found = collections.data?.items;
  const title = found ? text.head(found.length) : steward.exchange.nav.collections;
  return (
    <ExchangePage part="collections" title={title}>
      <Ready of={collections}>{({ items }) => <Collections rows={items} />}</Ready>
      <Section title={text.add}>
        <AddCollection onAdded={collections.reload} />
      </Section>
    </ExchangePage>
  );
}

function Collections({ rows }: { rows: Collection[] }) {
  return (
    <Rows
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          name: text.columns.title,
          cell: ({ id, title, description, is_built_in }) => (
            <>
              {is_built_in ? title : <Link to={`/exchange/collections/${id}`}>{title}</Link>}
              <p className="second">{is_built_in ? text.builtIn : description}</p>
            </>
          ),
        },
        {
          name: text.columns.label,
          cell: ({ default_label }) => <ChipShape label={default_label} />,
        },
        {
          name: text.columns.who,
          cell: ({ is_public }) => (is_public ? text.public : text.granted),
        },
      ]}
    />
  );
}

function AddCollection({ onAdded }: { onAdded: () => Promise<void> }) {
  const form = useForm(EMPTY_COLLECTION, async (typed, key) => {
    await request("post", "/collections", { body: newCollectionOf(typed), idempotencyKey: key });
    await onAdded();
  });
  return (
    <FormFrame of={form} failed={text.addFailed} act={text.addAct}>
      <CollectionFields form={form} />
    </FormFrame>
  );
}
