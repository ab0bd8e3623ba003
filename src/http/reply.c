/*
 * Answers: shared bodies, http_reply from any thread, and the way into libmicrohttpd.
 *
 * A handler may reply before it returns or later from another thread. `state` decides who queues
 * the answer: whoever comes second. The replier marks the request REPLIED; if the connection was
 * already suspended by then, it wakes it, and the connection's own thread queues.
 */
#include "http/server_parts.h"

#include "http/mhd_load.h"

#include <stdlib.h>

/* Most whole answers kept with a body; more may be under way. */
#define SPARES_MAX 32
#define BODY_ARENA_BYTES 1024
#define ID_FIELD "X-Request-Id"

/*
 * `spares` are answers that the library has done with: all of their headers, but for the ones that
 * differ from request to request, are those of the next answer too.
 */
struct http_body {
    atomic_size_t count;
    str bytes;
    void (*release)(void *at);
    struct file_map map; /* where the bytes are a file's */
    struct arena arena;  /* the headers */
    struct {
        struct http_field *items;
        size_t count;
        size_t capacity;
    } fields;
    pthread_mutex_t lock; /* of the spares, and of who holds it on the way out */
    size_t out_count;     /* answers on their way with these bytes */
    unsigned out_payer;   /* of the first of them, who pays for all */
    struct MHD_Response *spares[SPARES_MAX];
    size_t spare_count;
};

struct http_body *http_body_new(str bytes, void (*release)(void *at))
{
    struct http_body *body = calloc(1, sizeof(*body));
    ASSERT(body != NULL);
    body->bytes = bytes;
    body->release = release;
    atomic_init(&body->count, 1);
    arena_init(&body->arena, BODY_ARENA_BYTES);
    pthread_mutex_init(&body->lock, NULL);
    return body;
}

struct http_body *http_body_of_file(struct file_map *map)
{
    struct http_body *body = http_body_new(map->bytes, NULL);
    body->map = *map;
    *map = (struct file_map){0};
    return body;
}

struct http_body *http_body_ref(struct http_body *body)
{
    atomic_fetch_add(&body->count, 1);
    return body;
}

void http_body_add(struct http_body *body, str name, str value)
{
    *LIST_ADD(&body->arena, &body->fields) =
        (struct http_field){arena_copy(&body->arena, name), arena_copy(&body->arena, value)};
}

/* The address that release gets is the one it was made with, which was not const there. */
static void *unconst(const char *at)
{
    union {
        const char *in;
        void *out;
    } view = {.in = at};
    return view.out;
}

void http_body_unref(struct http_body *body)
{
    if (body == NULL || atomic_fetch_sub(&body->count, 1) > 1)
        return;
    if (body->release)
        body->release(unconst(body->bytes.at));
    file_map_close(&body->map);
    for (size_t i = 0; i < body->spare_count; i++)
        microhttpd()->destroy_response(body->spares[i]);
    pthread_mutex_destroy(&body->lock);
    arena_done(&body->arena);
    free(body);
}

str http_body_bytes(const struct http_body *body)
{
    return body->bytes;
}

void http_response_add(struct http_response *response, str name, str value)
{
    ASSERT(response->field_count < HTTP_REPLY_FIELDS_MAX);
    response->fields[response->field_count++] = (struct http_field){name, value};
}

void http_reply(struct http_request *rq, const struct http_response *response)
{
    struct request *request = (struct request *)rq;
    struct MHD_Connection *mhd = request->connection->mhd;
    ASSERT(response->status >= 200 && response->status < 600);
    request->response = *response;
    int before = atomic_exchange(&request->state, REQUEST_REPLIED);
    ASSERT(before == REQUEST_OPEN || before == REQUEST_SUSPENDED);
    if (before == REQUEST_SUSPENDED)
        microhttpd()->resume_connection(mhd);
}

static void refuse(struct request *request, unsigned status, str text, bool is_last)
{
    const struct http_application *application = &request->seen.server->application;
    struct http_response response = {.status = status, .is_last = is_last};
    if (status == 503 || status == 429)
        http_response_add(&response, LIT("Retry-After"), LIT("5"));
    if (application->on_refusal) {
        application->on_refusal(application->context, &request->seen, text, &response);
    } else {
        http_response_add(&response, LIT("Content-Type"), LIT("text/plain; charset=utf-8"));
        response.body = arena_join(&request->arena, text, LIT("\n"), (str){0});
    }
    http_reply(&request->seen, &response);
}

void http_refuse(struct http_request *rq, unsigned status, str text)
{
    refuse((struct request *)rq, status, text, false);
}

void reply_refuse_last(struct request *request, unsigned status, str text)
{
    refuse(request, status, text, true);
}

static void release_nothing(void *body)
{
    (void)body;
}

/* The bytes are the request's or its shared body's, and stay until the request is closed. */
static struct MHD_Response *make_response(str bytes)
{
    struct MHD_Response *made = microhttpd()->create_response_from_buffer_with_free_callback_cls(
        bytes.len, unconst(bytes.len ? bytes.at : ""), release_nothing, NULL);
    ASSERT(made != NULL);
    return made;
}

static bool add_field(struct request *request, struct MHD_Response *made, str name, str value)
{
    /* An empty value is the same as no header, and the library takes none. */
    if (value.len == 0)
        return true;
    str name_text = arena_copy(&request->arena, name);
    str value_text = arena_copy(&request->arena, value);
    return microhttpd()->add_response_header(made, name_text.at, value_text.at) == MHD_YES;
}

static bool add_fields(struct request *request, struct MHD_Response *made,
                       const struct http_field *fields, size_t count)
{
    bool is_good = true;
    for (size_t i = 0; i < count; i++)
        is_good = add_field(request, made, fields[i].name, fields[i].value) && is_good;
    return is_good;
}

static bool is_last(const struct request *request)
{
    return request->response.is_last || atomic_load(&request->seen.server->is_draining);
}

static str bytes_of(const struct http_response *response)
{
    const struct http_range *part = &response->part;
    str whole = response->shared ? response->shared->bytes : response->body;
    return part->len ? str_part(whole, part->at, part->at + part->len) : whole;
}

/* An answer made for this request alone; NULL if it has a header that cannot be sent. */
static struct MHD_Response *make_single(struct request *request)
{
    const struct http_response *response = &request->response;
    const struct http_body *shared = response->shared;
    struct MHD_Response *made = make_response(bytes_of(response));
    bool is_good = add_field(request, made, LIT(ID_FIELD), request->seen.request_id);
    is_good = add_fields(request, made, response->fields, response->field_count) && is_good;
    if (shared)
        is_good = add_fields(request, made, shared->fields.items, shared->fields.count) && is_good;
    if (is_last(request))
        is_good = add_field(request, made, LIT("Connection"), LIT("close")) && is_good;
    if (is_good)
        return made;
    microhttpd()->destroy_response(made);
    return NULL;
}

/* Whether all but the id comes from the shared body. */
static bool is_ordinary(const struct request *request)
{
    const struct http_response *response = &request->response;
    return response->shared && response->shared->fields.count && response->field_count == 0 &&
           response->status == 200 && request->seen.method == HTTP_GET && !is_last(request);
}

static struct MHD_Response *take_spare(struct http_body *body)
{
    pthread_mutex_lock(&body->lock);
    struct MHD_Response *spare = body->spare_count ? body->spares[--body->spare_count] : NULL;
    pthread_mutex_unlock(&body->lock);
    return spare;
}

static void give_spare(struct http_body *body, struct MHD_Response *spare)
{
    pthread_mutex_lock(&body->lock);
    bool is_kept = body->spare_count < SPARES_MAX;
    if (is_kept)
        body->spares[body->spare_count++] = spare;
    pthread_mutex_unlock(&body->lock);
    if (!is_kept)
        microhttpd()->destroy_response(spare);
}

/* An answer used before, with another id. */
static struct MHD_Response *make_ordinary(struct request *request)
{
    struct http_body *body = request->response.shared;
    struct MHD_Response *made = take_spare(body);
    bool is_good = true;
    if (made == NULL) {
        made = make_response(body->bytes);
        is_good = add_fields(request, made, body->fields.items, body->fields.count);
    }
    is_good = microhttpd()->add_response_header(made, ID_FIELD, request->id) == MHD_YES && is_good;
    if (is_good)
        return made;
    microhttpd()->destroy_response(made);
    return NULL;
}

/* A file's bytes are the file's, and what lives as long as the program costs nothing. */
static uint64_t bytes_of_its_own(const struct http_body *body)
{
    return body->release ? body->bytes.len : 0;
}

uint64_t reply_body_bytes(struct http_body *shared)
{
    pthread_mutex_lock(&shared->lock);
    bool is_out = shared->out_count > 0;
    pthread_mutex_unlock(&shared->lock);
    return is_out ? 0 : bytes_of_its_own(shared);
}

/* Charges what the answer holds until it is out: bytes that many share once. */
static void hold(struct request *request)
{
    struct http_server *server = request->seen.server;
    struct http_body *shared = request->response.shared;
    request->answer_held_bytes = request->arena.held_bytes;
    budget_answer_add(server, request->answer_payer, request->answer_held_bytes);
    if (shared == NULL)
        return;
    pthread_mutex_lock(&shared->lock);
    if (shared->out_count++ == 0) {
        shared->out_payer = request->answer_payer;
        budget_answer_add(server, shared->out_payer, bytes_of_its_own(shared));
    }
    request->is_out = true;
    pthread_mutex_unlock(&shared->lock);
}

static void let_go(struct request *request)
{
    struct http_server *server = request->seen.server;
    struct http_body *shared = request->response.shared;
    budget_answer_take(server, request->answer_payer, request->answer_held_bytes);
    request->answer_held_bytes = 0;
    if (!request->is_out)
        return;
    pthread_mutex_lock(&shared->lock);
    if (--shared->out_count == 0)
        budget_answer_take(server, shared->out_payer, bytes_of_its_own(shared));
    request->is_out = false;
    pthread_mutex_unlock(&shared->lock);
}

void reply_done(struct request *request)
{
    let_go(request);
    struct http_body *body = request->response.shared;
    struct MHD_Response *made = request->made;
    bool is_whole =
        made && microhttpd()->del_response_header(made, ID_FIELD, request->id) == MHD_YES;
    if (is_whole)
        give_spare(body, made);
    else if (made)
        microhttpd()->destroy_response(made);
    http_body_unref(body);
}

/* How many bytes the answer has after its header. */
static uint64_t count_bytes(const struct request *request)
{
    const struct http_response *response = &request->response;
    if (request->seen.method == HTTP_HEAD || response->status == 304)
        return 0;
    return bytes_of(response).len;
}

bool reply_queue(struct request *request)
{
    ASSERT(atomic_load(&request->state) == REQUEST_REPLIED);
    bool is_kept = is_ordinary(request);
    hold(request);
    struct MHD_Response *made = is_kept ? make_ordinary(request) : make_single(request);
    if (made == NULL)
        return false;
    request->status = request->response.status;
    request->answer_bytes = count_bytes(request);
    request->made = is_kept ? made : NULL;
    atomic_store(&request->state, REQUEST_SENT);
    connection_set_phase(request->connection, PHASE_ANSWER);
    bool is_queued =
        microhttpd()->queue_response(request->connection->mhd, request->status, made) == MHD_YES;
    if (!is_kept)
        microhttpd()->destroy_response(made);
    return is_queued;
}

static str canned_text(unsigned status)
{
    static const struct {
        unsigned status;
        str text;
    } texts[] = {
        {400, LIT_INIT("the request is malformed")},
        {413, LIT_INIT("the request is too large")},
        {414, LIT_INIT("the target of the request is too long")},
        {431, LIT_INIT("the header of the request is too large")},
        {505, LIT_INIT("this version of HTTP is not spoken here")},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (texts[i].status == status)
            return texts[i].text;
    }
    return LIT("the request cannot be served");
}

/*
 * The library answers some faults itself (a header larger than its memory, a line that is no
 * request) with a page of HTML, through its own MHD_queue_response. When it is loaded, that name is
 * resolved to this function, since the program's symbols come before a library's (the linker is
 * told to export it): so that these answers, too, are in the application's words and carry an id.
 * Only the library calls it.
 */
enum MHD_Result MHD_queue_response(struct MHD_Connection *connection, unsigned int status_code,
                                   struct MHD_Response *response)
{
    const union MHD_ConnectionInfo *info =
        microhttpd()->get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct http_connection *ours = info ? info->socket_context : NULL;
    (void)response;
    if (ours == NULL)
        return MHD_NO;
    if (ours->request == NULL)
        ours->request = request_open(ours->server, ours);
    struct request *request = ours->request;
    request->has_header = true;
    ours->lingers = true;
    if (atomic_load(&request->state) == REQUEST_OPEN)
        reply_refuse_last(request, status_code, canned_text(status_code));
    return reply_queue(request) ? MHD_YES : MHD_NO;
}
