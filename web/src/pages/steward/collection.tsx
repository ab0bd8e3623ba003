/*
 * One collection, to be changed.
 */
import { request } from "../../api/client";
import type { Collection } from "../../api/types";
import { useResource, type Resource } from "../../api/use-resource";
import { FormFrame } from "../../parts/form";
import { Ready } from "../../parts/states";
import { useForm } from "../../parts/use-form";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { steward } from "../../words/steward";
import { CollectionFields } from "./collection-fields";
import { ExchangePage } from "./frame";

const text = steward.collections;

export function CollectionPage({ params }: PageProps) {
  const collection = params.collection ?? "";
  const resource = useResource("/collections/{collection}", { params: { collection } });
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <ExchangePage
      part="collections"
      title={resource.data?.title ?? steward.exchange.nav.collections}
    >
      <Ready of={resource}>
        {(one) => <Change key={resource.etag} one={one} resource={resource} />}
      </Ready>
    </ExchangePage>
  );
}

interface ChangeProps {
  one: Collection;
  resource: Resource<Collection>;
}

function Change({ one, resource }: ChangeProps) {
  const start = {
    title: one.title,
    alias: one.alias ?? "",
    description: one.description ?? "",
    default_label: one.default_label,
    is_public: one.is_public,
    publisher: one.publisher ?? "",
  };
  const form = useForm(
    start,
    async (typed) => {
      const { data, etag } = await request("patch", "/collections/{collection}", {
        params: { collection: one.id },
        body: typed,
        match: resource.etag,
      });
      resource.replace(data, etag);
    },
    { keeps: true },
  );
  return (
    <FormFrame of={form} failed={steward.exchange.failed} act={text.keepAct}>
      <CollectionFields form={form} />
    </FormFrame>
  );
}
