/*
 * Files (B26): handed in before they are given to a briefing, and fetched by who may read them.
 * Nothing of a file is ever shown by the exchange itself: it is saved under its name.
 */
#include "api/files.h"

#include "api/briefing_parts.h"
#include "api/etag.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "service/file_keeper.h"
#include "store/files.h"

#define HANDLE_GOOD_US (INT64_C(60) * 60 * US_PER_SECOND)

uint64_t files_bytes_max(const struct app *app)
{
    const struct config *config = store_config(app->store);
    return config->file_bytes_max < config->body_bytes_max ? config->file_bytes_max
                                                           : config->body_bytes_max;
}

/* ---- handing in */

struct handing {
    struct api_call *c;
    enum file_kind kind;
    int64_t handed;
    struct file_keeping job;
};

static str purpose_of(const struct api_call *c)
{
    return arena_print(c->rq->arena, "file %lld %lld %.*s", (long long)c->who.org,
                       (long long)c->who.person, STR_ARG(api_param(c, "briefing")));
}

static str handle_make(const struct handing *h, str digest)
{
    struct api_call *c = h->c;
    struct arena *a = c->rq->arena;
    long long until_us = clock_now_us() + HANDLE_GOOD_US;
    str plain = arena_print(a, "%.*s %d %lld %lld %zu", STR_ARG(digest), (int)h->kind, until_us,
                            (long long)h->handed, c->rq->body.len);
    return secret_base64url(a, secret_seal(a, c->app->store->keys.next, purpose_of(c), plain));
}

bool files_handle_open(struct api_call *c, str handle, struct material_file *out)
{
    struct arena *a = c->rq->arena;
    str sealed;
    str rest;
    str digest;
    str word;
    uint64_t kind;
    uint64_t until_us;
    uint64_t handed;
    uint64_t bytes;
    if (secret_from_base64url(a, handle, &sealed) ||
        secret_open(a, c->app->store->keys.next, purpose_of(c), sealed, &rest))
        return false;
    bool is_good =
        str_cut(&rest, ' ', &digest) && str_cut(&rest, ' ', &word) && str_to_u64(word, &kind) &&
        kind < FILE_KIND_COUNT && str_cut(&rest, ' ', &word) && str_to_u64(word, &until_us) &&
        str_cut(&rest, ' ', &word) && str_to_u64(word, &handed) && str_to_u64(rest, &bytes);
    if (!is_good || (int64_t)until_us < clock_now_us())
        return false;
    out->digest = digest;
    out->kind = (enum file_kind)kind;
    out->bytes = (int64_t)bytes;
    out->handed = (int64_t)handed;
    return true;
}

/* On the keeper's thread. */
static void end_handing(void *context, err failure, str digest)
{
    struct handing *h = context;
    struct api_call *c = h->c;
    if (failure) {
        api_fail_elsewhere(c, failure);
        return;
    }
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member(w, "file", handle_make(h, digest));
    json_member(w, "kind", file_kind_name(h->kind));
    json_member_i64(w, "bytes", (int64_t)c->rq->body.len);
    json_member(w, "sha256", digest);
    json_close_object(w);
    api_send(c, 200);
}

/* What the request says it brings; a program that does not know says nothing. */
static err check_said(struct api_call *c, enum file_kind is)
{
    struct arena *a = c->rq->arena;
    str type = http_header(c->rq, LIT("Content-Type"));
    enum file_kind said;
    if (type.len == 0 || str_eq_nocase(type, LIT("application/octet-stream")))
        return NULL;
    if (!file_kind_of_type(type, &said))
        return FAIL(a, ERR_MEDIA_TYPE,
                    "Send a file as application/pdf, image/png, image/jpeg, text/plain or "
                    "text/csv");
    if (file_kind_agrees(is, said))
        return NULL;
    return FAIL(a, ERR_INVALID, "This says that it is %.*s, and by its bytes it is %.*s",
                STR_ARG(file_kind_words(said)), STR_ARG(file_kind_words(is)));
}

static err check_may_hand_in(struct arena *a, struct session *s, struct api_call *c)
{
    struct briefing b;
    TRY(part_hide(c, briefing_get_hosted(a, s, &c->reader, api_param(c, "briefing"), &b)));
    return material_check_may_give(a, &c->reader, &b);
}

err files_check_may_hand_in(struct api_call *c)
{
    return check_may_hand_in(c->rq->arena, &c->session, c);
}

/* It counts before it is kept, so that many at once do not get past the room that there is. */
static err run_handing(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct handing *h = context;
    TRY(check_may_hand_in(a, s, c));
    return files_hand_in(a, s, c->who.org, (int64_t)c->rq->body.len, &h->handed);
}

/* On to the keeper's thread. */
static err keep(struct api_call *c, void *context)
{
    struct handing *h = context;
    session_done(&c->session);
    file_keeper_submit(c->app->keeper, &h->job);
    return NULL;
}

err api_take_file(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    struct handing *h = NEW(a, struct handing);
    TRY(files_check_may_hand_in(c));
    TRY(file_kind_sniff(a, c->rq->body, &h->kind));
    TRY(check_said(c, h->kind));
    h->c = c;
    h->job = (struct file_keeping){.bytes = c->rq->body, .done = end_handing, .context = h};
    const struct api_change change = {
        .run = run_handing, .answer = keep, .context = h, .shows_once = true};
    return api_change(c, &change);
}

/* ---- fetching */

static str type_of(enum file_kind kind)
{
    if (kind == FILE_KIND_TEXT)
        return LIT("text/plain; charset=utf-8");
    return kind == FILE_KIND_CSV ? LIT("text/csv; charset=utf-8") : file_kind_type(kind);
}

err api_get_file(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    struct material_file file;
    OWNED(file_map_close) struct file_map map = {0};
    str id = api_param(c, "file");
    TRY(part_hide(c, material_file_get(a, &c->session, &c->reader, id, &file)));
    TRY(files_open(a, c->app->store, file.digest, &map));
    given_add(a, &c->session, &c->given, &file.entry);
    http_response_add(&c->response, LIT("Content-Disposition"),
                      file_name_disposition(a, file.name));
    http_response_add(&c->response, LIT("Content-Security-Policy"),
                      LIT("sandbox; default-src 'none'"));
    str etag = api_tag(c, arena_join(a, file.id, file.digest, (str){0}));
    return api_send_file(c, type_of(file.kind), etag, &map);
}
