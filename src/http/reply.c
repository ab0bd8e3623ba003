/*
 * Answers: shared bodies, http_reply from any thread, and the way into libmicrohttpd.
 *
 * A handler may reply before it returns or later from another thread. `state` decides who queues
 * the answer: whoever comes second. The replier marks the request REPLIED; if the connection was
 * already suspended by then, it wakes it, and the connection's own thread queues.
 */
#include "http/server_parts.h"

#include <dlfcn.h>
#include <microhttpd.h>
#include <stdlib.h>

struct http_body {
    atomic_size_t count;
    str bytes;
    void (*release)(void *at);
};

struct http_body *http_body_new(str bytes, void (*release)(void *at))
{
    struct http_body *body = malloc(sizeof(*body));
    ASSERT(body != NULL);
    *body = (struct http_body){.bytes = bytes, .release = release};
    atomic_init(&body->count, 1);
    return body;
}

struct http_body *http_body_ref(struct http_body *body)
{
    atomic_fetch_add(&body->count, 1);
    return body;
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
        MHD_resume_connection(mhd);
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

static void release_shared(void *body)
{
    http_body_unref(body);
}

static void release_nothing(void *body)
{
    (void)body;
}

static struct MHD_Response *make_response(struct request *request)
{
    struct http_body *shared = request->response.shared;
    str bytes = shared ? shared->bytes : request->response.body;
    bool is_bare = request->seen.method == HTTP_HEAD || request->response.status == 304;
    request->answer_bytes = is_bare ? 0 : bytes.len;
    request->response.shared = NULL; /* the response has the reference now */
    struct MHD_Response *made = MHD_create_response_from_buffer_with_free_callback_cls(
        bytes.len, unconst(bytes.len ? bytes.at : ""), shared ? release_shared : release_nothing,
        shared);
    ASSERT(made != NULL);
    return made;
}

static bool add_field(struct request *request, struct MHD_Response *made, str name, str value)
{
    str name_text = arena_copy(&request->arena, name);
    str value_text = arena_copy(&request->arena, value);
    return MHD_add_response_header(made, name_text.at, value_text.at) == MHD_YES;
}

/* False if the application gave a header that cannot be sent. */
static bool add_fields(struct request *request, struct MHD_Response *made)
{
    const struct http_response *response = &request->response;
    bool is_good = add_field(request, made, LIT("X-Request-Id"), request->seen.request_id);
    for (size_t i = 0; i < response->field_count; i++) {
        const struct http_field *field = &response->fields[i];
        /* An empty value is the same as no header, and the library takes none. */
        if (field->value.len)
            is_good = add_field(request, made, field->name, field->value) && is_good;
    }
    if (response->is_last || atomic_load(&request->seen.server->is_draining))
        is_good = add_field(request, made, LIT("Connection"), LIT("close")) && is_good;
    return is_good;
}

/*
 * The library answers some faults itself (a header larger than its memory, a line that is no
 * request) with a page of HTML, through its own MHD_queue_response. The linker resolves that name
 * to the function below, since the program's symbols come before a library's: so that these
 * answers, too, are in the application's words and carry an id. We queue by the address of the
 * original.
 */
typedef enum MHD_Result queue_function(struct MHD_Connection *, unsigned int,
                                       struct MHD_Response *);

err reply_find_queue(struct arena *a, struct http_server *server)
{
    server->queue = dlsym(RTLD_NEXT, "MHD_queue_response");
    if (server->queue == NULL)
        return FAIL(a, ERR_INTERNAL, "libmicrohttpd has no MHD_queue_response");
    return NULL;
}

static enum MHD_Result queue_original(const struct http_connection *connection, unsigned status,
                                      struct MHD_Response *response)
{
    union {
        void *in;
        queue_function *out;
    } view = {.in = connection->server->queue};
    return view.out(connection->mhd, status, response);
}

bool reply_queue(struct request *request)
{
    ASSERT(atomic_load(&request->state) == REQUEST_REPLIED);
    struct MHD_Response *made = make_response(request);
    request->status = request->response.status;
    if (!add_fields(request, made)) {
        MHD_destroy_response(made);
        request->status = 0;
        return false;
    }
    atomic_store(&request->state, REQUEST_SENT);
    connection_set_phase(request->connection, PHASE_ANSWER);
    bool is_queued = queue_original(request->connection, request->status, made) == MHD_YES;
    MHD_destroy_response(made);
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

/* Only the library itself calls this. */
enum MHD_Result MHD_queue_response(struct MHD_Connection *connection, unsigned int status_code,
                                   struct MHD_Response *response)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
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
