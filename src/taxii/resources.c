/*
 * Discovery, API root and collections (TAXII 2.1 §4.1, §4.2, §5.1, §5.2).
 */
#include "taxii/handlers.h"

#include "json/write.h"

#define RESOURCE_BYTES_MAX ((size_t)16 << 20)

static err reply_buffer(struct taxii_call *c, struct buf *text)
{
    TRY(buf_check(c->rq->arena, text));
    taxii_reply(c, 200, arena_copy(c->rq->arena, buf_str(text)));
    return NULL;
}

static str root_url(struct taxii_call *c)
{
    return arena_join(c->rq->arena, c->app->public_url, LIT("/exchange/"), (str){0});
}

err taxii_get_discovery(struct taxii_call *c)
{
    const struct config *config = store_config(c->app->store);
    OWNED(buf_done) struct buf text;
    buf_init(&text, RESOURCE_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member(&w, "title", c->app->store->name);
    json_member_if(&w, "description", config->description);
    json_member_if(&w, "contact", config->contact);
    json_member(&w, "default", root_url(c));
    json_key(&w, LIT("api_roots"));
    json_open_array(&w);
    json_put_string(&w, root_url(c));
    json_close_array(&w);
    json_close_object(&w);
    return reply_buffer(c, &text);
}

err taxii_get_root(struct taxii_call *c)
{
    const struct config *config = store_config(c->app->store);
    OWNED(buf_done) struct buf text;
    buf_init(&text, RESOURCE_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member(&w, "title", c->app->store->name);
    json_member_if(&w, "description", config->description);
    json_key(&w, LIT("versions"));
    json_open_array(&w);
    json_put_string(&w, LIT(TAXII_MEDIA_TYPE));
    json_close_array(&w);
    json_member_i64(&w, "max_content_length", (int64_t)config->body_bytes_max);
    json_close_object(&w);
    return reply_buffer(c, &text);
}

static void put_collection(struct json_writer *w, const struct policy_collection *collection,
                           bool may_read, bool may_write)
{
    json_open_object(w);
    json_member(w, "id", collection->id);
    json_member(w, "title", collection->title);
    json_member_if(w, "description", collection->description);
    json_member_if(w, "alias", collection->alias);
    json_member_bool(w, "can_read", may_read);
    json_member_bool(w, "can_write", may_write);
    json_key(w, LIT("media_types"));
    json_open_array(w);
    json_put_string(w, LIT(STIX_MEDIA_TYPE_21));
    json_put_string(w, LIT(STIX_MEDIA_TYPE_20));
    json_close_array(w);
    json_close_object(w);
}

static void put_collections(struct taxii_call *c, struct json_writer *w)
{
    const struct policy *policy = c->session.policy;
    bool has_any = false;
    for (size_t i = 0; i < policy->collection_count; i++) {
        const struct policy_collection *collection = &policy->collections[i];
        bool may_read = reader_may_read_collection(&c->reader, collection->n);
        bool may_write = reader_may_write_collection(&c->reader, collection->n);
        if (!may_read && !may_write)
            continue;
        if (!has_any) { /* an empty list is not sent (§2) */
            json_key(w, LIT("collections"));
            json_open_array(w);
            has_any = true;
        }
        put_collection(w, collection, may_read, may_write);
    }
    if (has_any)
        json_close_array(w);
}

err taxii_get_collections(struct taxii_call *c)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, RESOURCE_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    put_collections(c, &w);
    json_close_object(&w);
    return reply_buffer(c, &text);
}

err taxii_get_collection(struct taxii_call *c)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, RESOURCE_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    put_collection(&w, c->collection, c->may_read, c->may_write);
    return reply_buffer(c, &text);
}
