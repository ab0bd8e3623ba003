/*
 * A mailed link on its way: which language, what was sent, whether it counts, and the page that
 * answers. What is sent is a job of the one writer, since a wrong try is counted too.
 */
#include "api/rsvp.h"

#include "api/language.h"
#include "api/rsvp_page.h"
#include "api/web.h"
#include "service/mail.h"
#include "store/digest.h"

#define PREFIX "/rsvp/"
#define CALENDAR "/calendar"
#define STYLE "/rsvp.css"
#define SECRET_BYTES_MAX 100
#define FORM_BYTES_MAX ((size_t)16 << 10)
#define CALENDAR_BYTES_MAX ((size_t)64 << 10)
#define PROOF "rsvp proof"
/* How long the page of who goes instead may stay open before the digits are asked for again. */
#define PROOF_US (30 * 60 * US_PER_SECOND)
#define CSP                                                                         \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; " \
    "form-action 'self'; frame-ancestors 'none'"

/* What is sent with a form, and in the address. */
struct sent {
    str token;
    str digits;
    str proof;
    str delegate;
    str zone;
};

enum outcome { OUTCOME_KEPT, OUTCOME_WRONG, OUTCOME_NO_PHONE, OUTCOME_CHOOSE };

struct asking {
    struct app *app;
    struct http_request *rq;
    struct rsvp_page page;
    struct sent sent;
    enum outcome outcome;
    struct writer_job job;
};

bool rsvp_owns_path(str path)
{
    return str_starts(path, LIT(PREFIX)) || str_eq(path, LIT(STYLE));
}

str rsvp_path_for_log(str path)
{
    return str_starts(path, LIT(PREFIX)) ? LIT(PREFIX "…") : path;
}

void rsvp_prepare(struct http_request *rq)
{
    if (rq->body_bytes_max > FORM_BYTES_MAX)
        rq->body_bytes_max = FORM_BYTES_MAX;
    if (rq->inflated_bytes_max > FORM_BYTES_MAX)
        rq->inflated_bytes_max = FORM_BYTES_MAX;
}

/* ---- what was sent */

static str value_of(const struct http_query *q, const char *name)
{
    str value = {0};
    http_query_get(q, str_of(name), &value);
    return value;
}

static enum about_word read_answer(str name)
{
    for (int word = ABOUT_YES; word < ABOUT_WORD_COUNT; word++) {
        if (str_eq(name, rsvp_answer_name((enum about_word)word)))
            return (enum about_word)word;
    }
    return ABOUT_NOTHING;
}

static err read_address(struct asking *q)
{
    struct http_query query;
    TRY(http_query_read(q->rq->arena, q->rq->query, &query));
    q->page.language = language_asked(&query, q->page.language);
    q->page.answer = read_answer(value_of(&query, "answer"));
    q->sent.zone = value_of(&query, "zone");
    return NULL;
}

/* A form writes a space as a plus, which a query keeps. */
static str with_spaces(struct arena *a, str form)
{
    char *spaced = arena_take(a, form.len + 1);
    for (size_t i = 0; i < form.len; i++)
        spaced[i] = form.at[i] == '+' ? ' ' : form.at[i];
    spaced[form.len] = 0;
    return (str){spaced, form.len};
}

/* Lines end in one character, and nothing else in it steers a screen. */
static str plain_text(struct arena *a, str typed)
{
    char *plain = arena_take(a, typed.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        unsigned char c = (unsigned char)typed.at[i];
        if (c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f))
            plain[len++] = typed.at[i];
    }
    plain[len] = 0;
    return str_trim((str){plain, len});
}

static err read_form(struct asking *q)
{
    struct http_query form;
    TRY(http_query_read(q->rq->arena, with_spaces(q->rq->arena, q->rq->body), &form));
    q->page.note = plain_text(q->rq->arena, value_of(&form, "note"));
    q->page.answer = read_answer(value_of(&form, "answer"));
    q->sent.token = value_of(&form, "token");
    q->sent.digits = value_of(&form, "digits");
    q->sent.proof = value_of(&form, "proof");
    q->sent.delegate = value_of(&form, "delegate");
    return NULL;
}

/* ---- pages */

static void reply(struct asking *q, unsigned status, const struct buf *text)
{
    struct http_response response = {.status = status,
                                     .body = arena_copy(q->rq->arena, buf_str(text))};
    web_add_page_fields(q->rq, &response, LIT("text/html; charset=utf-8"), LIT(CSP));
    http_response_add(&response, LIT("Cache-Control"), LIT("no-store"));
    http_response_add(&response, LIT("Vary"), LIT("Accept-Language"));
    http_response_add(&response, LIT("X-Robots-Tag"), LIT("noindex"));
    http_reply(q->rq, &response);
}

static void reply_words(struct asking *q, unsigned status, enum rsvp_word head, enum rsvp_word why)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, RSVP_PAGE_BYTES_MAX);
    rsvp_page_words(&text, &q->page, head, why);
    reply(q, status, &text);
}

static void reply_failure(struct asking *q, err failure)
{
    if (failure->code == ERR_NOT_FOUND) {
        q->page.secret = (str){0}; /* a link to this page leads nowhere */
        reply_words(q, 404, RSVP_NOT_GOOD, RSVP_NOT_GOOD_WHY);
    } else if (failure->code == ERR_CONFLICT) {
        reply_words(q, 410, RSVP_CANCELLED, RSVP_CANCELLED_WHY);
    } else {
        reply_words(q, 503, RSVP_BUSY, RSVP_BUSY_WHY);
    }
}

static void reply_form(struct asking *q, unsigned status)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, RSVP_PAGE_BYTES_MAX);
    rsvp_page_form(&text, &q->page);
    reply(q, status, &text);
}

/* What every page about a good link needs; in a read session. */
static err open_link(struct asking *q, struct session *s)
{
    struct rsvp_page *p = &q->page;
    TRY(rsvp_open(p->a, s, p->secret, &p->rsvp));
    p->now_us = s->now_us;
    p->shown = p->rsvp.own;
    const struct zone *chosen;
    if (q->sent.zone.len && zone_find(p->a, s->store->zones, q->sent.zone, &chosen) == NULL) {
        p->shown = chosen;
        p->is_shown_chosen = true;
    }
    return NULL;
}

static void show_question(struct asking *q, unsigned status)
{
    if (!rsvp_has_phone(&q->page.rsvp))
        reply_words(q, 200, RSVP_NO_PHONE, RSVP_NO_PHONE_WHY);
    else if (rsvp_tries_left(&q->page.rsvp) == 0)
        reply_words(q, 403, RSVP_LOCKED, RSVP_LOCKED_WHY);
    else
        reply_form(q, status);
}

static void show_page(struct asking *q, unsigned status)
{
    OWNED(session_done) struct session s = {0};
    err failure = session_read(q->rq->arena, q->app->store, &s);
    failure = failure ? failure : open_link(q, &s);
    if (failure)
        reply_failure(q, failure);
    else
        show_question(q, status);
}

static err write_calendar(struct asking *q, struct session *s, struct buf *to)
{
    struct calendar_event event;
    TRY(open_link(q, s));
    TRY(mail_event(q->rq->arena, s, q->app->public_url, &q->page.rsvp.of, &event));
    event.method = CALENDAR_PUBLISH;
    calendar_write(to, q->rq->arena, &event);
    return buf_check(q->rq->arena, to);
}

static void get_calendar(struct asking *q)
{
    OWNED(session_done) struct session s = {0};
    OWNED(buf_done) struct buf text;
    buf_init(&text, CALENDAR_BYTES_MAX);
    err failure = session_read(q->rq->arena, q->app->store, &s);
    failure = failure ? failure : write_calendar(q, &s, &text);
    if (failure) {
        reply_failure(q, failure);
        return;
    }
    struct http_response response = {.status = 200,
                                     .body = arena_copy(q->rq->arena, buf_str(&text))};
    web_add_page_fields(q->rq, &response, LIT("text/calendar; charset=utf-8"), LIT(CSP));
    http_response_add(&response, LIT("Content-Disposition"),
                      LIT("attachment; filename=\"call.ics\""));
    http_response_add(&response, LIT("Cache-Control"), LIT("no-store"));
    http_reply(q->rq, &response);
}

/* ---- answering */

/* That the digits were right lately, for this link and no other. */
static str make_proof(struct asking *q)
{
    long long until_us = q->page.now_us + PROOF_US;
    str plain = arena_print(q->rq->arena, "%lld %.*s", until_us, STR_ARG(q->page.secret));
    str sealed = secret_seal(q->rq->arena, q->app->store->keys.next, LIT(PROOF), plain);
    return secret_base64url(q->rq->arena, sealed);
}

static err read_proof(struct asking *q, str *plain)
{
    str sealed;
    TRY(secret_from_base64url(q->rq->arena, q->sent.proof, &sealed));
    return secret_open(q->rq->arena, q->app->store->keys.next, LIT(PROOF), sealed, plain);
}

static bool has_proof(struct asking *q, int64_t now_us)
{
    str plain;
    str until;
    int64_t until_us;
    if (read_proof(q, &plain) != NULL)
        return false;
    return str_cut(&plain, ' ', &until) && str_to_i64(until, &until_us) && now_us < until_us &&
           secret_eq(plain, q->page.secret);
}

/* The page shows nothing of what is on record: who will join and leaves it empty keeps it. */
static str note_of(const struct asking *q, const struct rsvp *r)
{
    bool is_kept = q->page.note.len == 0 && q->page.answer == ABOUT_YES;
    return is_kept ? r->of.invitation.note : q->page.note;
}

/* Nothing of this outlives the job but the outcome: the page is made from a new session. */
static err run_answer(struct arena *a, struct session *s, void *context)
{
    struct asking *q = context;
    struct rsvp r;
    TRY(rsvp_open(a, s, q->page.secret, &r));
    bool is_right = rsvp_tries_left(&r) > 0 && has_proof(q, s->now_us);
    if (!is_right)
        TRY(rsvp_try_digits(a, s, &r, q->sent.digits, &is_right));
    q->outcome = rsvp_has_phone(&r) ? OUTCOME_WRONG : OUTCOME_NO_PHONE;
    if (!is_right)
        return NULL;
    q->outcome = OUTCOME_CHOOSE;
    if (q->page.answer == ABOUT_DELEGATE && q->sent.delegate.len == 0)
        return NULL;
    const struct briefing_reply answer = {
        .answer = q->page.answer, .delegate = q->sent.delegate, .note = note_of(q, &r)};
    TRY(rsvp_answer(a, s, &r, &answer));
    q->outcome = OUTCOME_KEPT;
    return NULL;
}

static void show_delegates(struct asking *q, struct session *s)
{
    struct briefing_delegates people;
    OWNED(buf_done) struct buf text;
    buf_init(&text, RSVP_PAGE_BYTES_MAX);
    q->page.proof = make_proof(q);
    err failure = rsvp_list_delegates(q->rq->arena, s, &q->page.rsvp, &people);
    if (failure) {
        reply_failure(q, failure);
        return;
    }
    rsvp_page_delegates(&text, &q->page, &people);
    reply(q, q->page.wrong ? 422 : 200, &text);
}

static void show_kept(struct asking *q)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, RSVP_PAGE_BYTES_MAX);
    rsvp_page_kept(&text, &q->page);
    reply(q, 200, &text);
}

static void show_outcome(struct asking *q, struct session *s)
{
    if (q->outcome == OUTCOME_KEPT) {
        show_kept(q);
    } else if (q->outcome == OUTCOME_CHOOSE) {
        show_delegates(q, s);
    } else {
        q->page.wrong = RSVP_WRONG_DIGITS;
        show_question(q, 422);
    }
}

static void end_answer(void *context, err failure)
{
    struct asking *q = context;
    OWNED(session_done) struct session s = {0};
    bool is_refused = failure && failure->code == ERR_INVALID;
    if (is_refused) {
        q->page.wrong = RSVP_REFUSED_PERSON;
        q->outcome = OUTCOME_CHOOSE;
        failure = NULL;
    }
    failure = failure ? failure : session_read(q->rq->arena, q->app->store, &s);
    failure = failure ? failure : open_link(q, &s);
    if (failure)
        reply_failure(q, failure);
    else
        show_outcome(q, &s);
}

/* What cannot count, or is not whole, is shown again and costs no try. */
static enum rsvp_wrong find_wrong(const struct asking *q)
{
    if (!secret_eq(q->sent.token, q->page.token))
        return RSVP_STALE_PAGE;
    if (q->page.note.len > BRIEFING_NOTE_BYTES_MAX)
        return RSVP_LONG_NOTE;
    return q->page.answer == ABOUT_NOTHING ? RSVP_NO_ANSWER : RSVP_FINE;
}

static void post_answer(struct asking *q)
{
    q->page.wrong = find_wrong(q);
    if (q->page.wrong) {
        show_page(q, q->page.wrong == RSVP_STALE_PAGE ? 403 : 422);
        return;
    }
    q->job = (struct writer_job){.org = login_stranger(q->app->login, q->rq->peer),
                                 .run = run_answer,
                                 .done = end_answer,
                                 .context = q};
    if (!writer_submit(q->app->writer, &q->job))
        reply_words(q, 503, RSVP_BUSY, RSVP_BUSY_WHY);
}

/* ---- by path */

static void serve_style(struct http_request *rq)
{
    struct http_response response = {.status = 200, .body = {RSVP_CSS, RSVP_CSS_BYTES}};
    web_add_page_fields(rq, &response, LIT("text/css; charset=utf-8"), LIT(CSP));
    http_response_add(&response, LIT("Cache-Control"), LIT("public, max-age=300"));
    http_reply(rq, &response);
}

static void route(struct asking *q)
{
    bool is_read = q->rq->method == HTTP_GET || q->rq->method == HTTP_HEAD;
    bool is_calendar = str_ends(q->page.secret, LIT(CALENDAR));
    if (is_calendar)
        q->page.secret = str_part(q->page.secret, 0, q->page.secret.len - strlen(CALENDAR));
    q->page.token = secret_base64url(q->rq->arena, digest_of(q->rq->arena, &q->app->store->keys,
                                                             LIT("rsvp page"), q->page.secret));
    err failure = read_address(q);
    if (failure == NULL && !is_read)
        failure = read_form(q);
    if (failure || q->page.secret.len > SECRET_BYTES_MAX ||
        (!is_read && (is_calendar || q->rq->method != HTTP_POST))) {
        q->page.secret = (str){0};
        reply_words(q, 400, RSVP_NOT_GOOD, RSVP_NOT_GOOD_WHY);
    } else if (!is_read) {
        post_answer(q);
    } else if (is_calendar) {
        get_calendar(q);
    } else {
        show_page(q, 200);
    }
}

void rsvp_handle(struct app *app, struct http_request *rq)
{
    if (str_eq(rq->path, LIT(STYLE))) {
        serve_style(rq);
        return;
    }
    struct asking *q = NEW(rq->arena, struct asking);
    q->app = app;
    q->rq = rq;
    q->page =
        (struct rsvp_page){.a = rq->arena,
                           .app = app,
                           .language = language_accepted(http_header(rq, LIT("Accept-Language"))),
                           .secret = str_skip(rq->path, strlen(PREFIX))};
    route(q);
}
