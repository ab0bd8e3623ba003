/*
 * Four pages of plain HTML: the question, the answer that was kept, who goes instead, and a few
 * words. Before the digits nothing on them says who invites, whom, or about what.
 */
#include "api/rsvp_page.h"

#include "api/html.h"
#include "api/language.h"

#define NOTE_LENGTH_MAX 1000 /* as api/openapi.yaml has it */

str rsvp_answer_name(enum about_word answer)
{
    static const str NAMES[] = {{0}, LIT_INIT("yes"), LIT_INIT("no"), LIT_INIT("delegate")};
    return NAMES[answer];
}

static void put_word(struct buf *b, const struct rsvp_page *p, enum rsvp_word word)
{
    html_put_text(b, rsvp_words(word, p->language));
}

static void put_wrapped(struct buf *b, const struct rsvp_page *p, const char *before,
                        enum rsvp_word word, const char *after)
{
    buf_put(b, str_of(before));
    put_word(b, p, word);
    buf_put(b, str_of(after));
}

/* The address of this page, in a language, with what the reader has chosen so far. */
static void put_address(struct buf *b, const struct rsvp_page *p, enum language l)
{
    if (p->secret.len) {
        buf_put(b, LIT("/rsvp/"));
        html_put_text(b, p->secret);
    }
    buf_put(b, LIT("?lang="));
    buf_put(b, language_tag(l));
    if (p->answer) {
        buf_put(b, LIT("&amp;answer="));
        buf_put(b, rsvp_answer_name(p->answer));
    }
    if (p->is_shown_chosen) {
        buf_put(b, LIT("&amp;zone="));
        html_put_text(b, zone_name(p->shown));
    }
}

static void put_sign_in(struct buf *b, const struct rsvp_page *p)
{
    str tag = language_tag(p->language);
    buf_print(b, "<p><a href=\"/app/?lang=%.*s\">", STR_ARG(tag));
    put_wrapped(b, p, "", RSVP_SIGN_IN, "</a></p>\n");
}

static bool is_exercise(const struct rsvp_page *p)
{
    return p->rsvp.is_exercise || p->app->store->is_demo;
}

static void put_head(struct buf *b, const struct rsvp_page *p, str title)
{
    enum language other = language_other(p->language);
    buf_put(b, LIT("<!doctype html>\n<html lang=\""));
    buf_put(b, language_tag(p->language));
    buf_put(b, LIT("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" "
                   "content=\"noindex\">\n<title>"));
    html_put_text(b, title);
    buf_put(b, LIT("</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" "
                   "href=\"/rsvp.css\">\n</head>\n<body>\n"));
    put_wrapped(b, p, "<a class=\"skip\" href=\"#main\">", RSVP_SKIP, "</a>\n");
    if (is_exercise(p)) {
        put_wrapped(b, p, "<section class=\"exercise\" aria-label=\"", RSVP_EXERCISE, "\">");
        put_wrapped(b, p, "<strong>", RSVP_EXERCISE, "</strong> ");
        put_wrapped(b, p, "", RSVP_INVENTED, "</section>\n");
    }
    buf_put(b, LIT("<header><p class=\"name\">"));
    html_put_text(b, p->app->store->name);
    buf_put(b, LIT("</p><p><a hreflang=\""));
    buf_put(b, language_tag(other));
    buf_put(b, LIT("\" lang=\""));
    buf_put(b, language_tag(other));
    buf_put(b, LIT("\" href=\""));
    put_address(b, p, other);
    put_wrapped(b, p, "\">", RSVP_OTHER_LANGUAGE, "</a></p></header>\n<main id=\"main\">\n");
}

/* The notice that stands under whatever collects something (B27). */
static void put_foot(struct buf *b, const struct rsvp_page *p, bool has_notice)
{
    if (has_notice) {
        put_wrapped(b, p, "<div class=\"notice\"><p>", RSVP_TOLD, "</p>\n");
        put_wrapped(b, p, "<p>", RSVP_NEVER, "</p></div>\n");
    }
    buf_put(b, LIT("</main>\n</body>\n</html>\n"));
}

/* ---- when */

static void put_span(struct buf *b, const struct rsvp_page *p, const struct zone *z)
{
    const struct briefing_when *when = &p->rsvp.of.briefing.when;
    html_put_text(b, call_span(p->a, p->language, z, when->start_us, briefing_end_us(when)));
}

static void put_zone_choice(struct buf *b, const struct rsvp_page *p)
{
    put_wrapped(b, p, "<details><summary>", RSVP_NOT_YOUR_ZONE, "</summary>\n");
    buf_put(b, LIT("<form method=\"get\" action=\"/rsvp/"));
    html_put_text(b, p->secret);
    buf_put(b, LIT("\"><input type=\"hidden\" name=\"lang\" value=\""));
    buf_put(b, language_tag(p->language));
    buf_put(b, LIT("\"><input type=\"hidden\" name=\"answer\" value=\""));
    buf_put(b, rsvp_answer_name(p->answer));
    put_wrapped(b, p, "\">\n<label for=\"zone\">", RSVP_YOUR_ZONE,
                "</label>\n<select id=\"zone\" name=\"zone\">\n");
    for (size_t i = 0; i < CALL_ZONE_COUNT; i++) {
        bool is_chosen = str_eq(str_of(CALL_ZONES[i].name), zone_name(p->shown));
        buf_print(b, "<option value=\"%s\"%s>", CALL_ZONES[i].name, is_chosen ? " selected" : "");
        html_put_text(b, str_of(CALL_ZONES[i].words.words[p->language]));
        buf_put(b, LIT("</option>\n"));
    }
    put_wrapped(b, p, "</select>\n<button class=\"outline\">", RSVP_SHOW_TIMES,
                "</button></form></details>\n");
}

static void put_when(struct buf *b, const struct rsvp_page *p)
{
    const struct briefing_when *when = &p->rsvp.of.briefing.when;
    buf_put(b, LIT("<div class=\"when\">\n<p class=\"own\">"));
    html_put_text(b, call_day(p->a, p->language, p->shown, when->start_us));
    buf_put(b, LIT("<br>"));
    put_span(b, p, p->shown);
    put_wrapped(b, p, "</p>\n<p class=\"whose\">", RSVP_YOUR_TIME, ", ");
    html_put_text(b, call_zone(p->a, p->language, zone_name(p->shown)));
    buf_put(b, LIT(".</p>\n"));
    put_zone_choice(b, p);
    if (p->shown != p->rsvp.sender) {
        buf_put(b, LIT("<p class=\"sender\">"));
        put_span(b, p, p->rsvp.sender);
        put_wrapped(b, p, "</p>\n<p class=\"whose\">", RSVP_SENDERS_TIME, ", ");
        html_put_text(b, call_zone(p->a, p->language, zone_name(p->rsvp.sender)));
        buf_put(b, LIT("</p>\n"));
    }
    buf_put(b, LIT("</div>\n"));
}

/* ---- the question */

/* Above the heading: what was not done, and where to mend it. */
static void put_alert(struct buf *b, const struct rsvp_page *p)
{
    static const struct {
        enum rsvp_word words;
        const char *place;
    } ALERTS[] = {[RSVP_WRONG_DIGITS] = {RSVP_CHECK_DIGITS, "digits"},
                  [RSVP_NO_ANSWER] = {RSVP_CHOOSE_ANSWER, "yes"},
                  [RSVP_STALE_PAGE] = {RSVP_STALE, "digits"},
                  [RSVP_NO_PERSON] = {RSVP_CHOOSE_PERSON, "person0"},
                  [RSVP_REFUSED_PERSON] = {RSVP_CHOOSE_PERSON, "person0"},
                  [RSVP_LONG_NOTE] = {RSVP_NEEDS_LONG, "note"}};
    if (p->wrong == RSVP_FINE)
        return;
    put_wrapped(b, p, "<div class=\"alert\" role=\"alert\"><p><strong>", RSVP_NOT_SENT,
                "</strong> ");
    if (p->wrong == RSVP_REFUSED_PERSON) {
        put_word(b, p, RSVP_WHO_MAY);
        buf_put_char(b, ' ');
    }
    buf_print(b, "<a href=\"#%s\">", ALERTS[p->wrong].place);
    put_wrapped(b, p, "", ALERTS[p->wrong].words, "</a>.</p></div>\n");
}

static void put_form_begin(struct buf *b, const struct rsvp_page *p)
{
    buf_put(b, LIT("<form method=\"post\" action=\""));
    put_address(b, p, p->language);
    buf_put(b, LIT("\">\n<input type=\"hidden\" name=\"token\" value=\""));
    html_put_text(b, p->token);
    buf_put(b, LIT("\">\n"));
}

static void put_answer(struct buf *b, const struct rsvp_page *p, enum about_word answer,
                       enum rsvp_word words)
{
    str name = rsvp_answer_name(answer);
    buf_print(b,
              "<div class=\"tile\"><input type=\"radio\" name=\"answer\" id=\"%.*s\" "
              "value=\"%.*s\" required%s><label for=\"%.*s\">",
              STR_ARG(name), STR_ARG(name), p->answer == answer ? " checked" : "", STR_ARG(name));
    put_wrapped(b, p, "", words, "</label></div>\n");
}

/*
 * Open only where something was typed: who needs nothing passes it by. What is on record is not
 * shown, since the link alone opens this page.
 */
static void put_needs(struct buf *b, const struct rsvp_page *p)
{
    bool is_wrong = p->wrong == RSVP_LONG_NOTE;
    buf_print(b, "<details class=\"needs\"%s>", p->note.len ? " open" : "");
    put_wrapped(b, p, "<summary>", RSVP_NEEDS, "</summary>\n");
    buf_print(b, "<div class=\"field%s\">\n", is_wrong ? " wrong" : "");
    put_wrapped(b, p, "<label for=\"note\">", RSVP_NEEDS_WHAT, "</label>\n");
    put_wrapped(b, p, "<p class=\"hint\" id=\"needs-hint\">", RSVP_NEEDS_HINT, "</p>\n");
    buf_print(b,
              "<textarea id=\"note\" name=\"note\" rows=\"3\" maxlength=\"%d\" "
              "aria-describedby=\"needs-hint\"%s>",
              NOTE_LENGTH_MAX, is_wrong ? " aria-invalid=\"true\"" : "");
    html_put_text(b, p->note);
    buf_put(b, LIT("</textarea></div>\n</details>\n"));
}

static void put_digits(struct buf *b, const struct rsvp_page *p)
{
    bool is_wrong = p->wrong == RSVP_WRONG_DIGITS;
    buf_print(b, "<div class=\"field%s\">\n", is_wrong ? " wrong" : "");
    put_wrapped(b, p, "<label for=\"digits\">", RSVP_DIGITS,
                "</label>\n<p class=\"hint\" "
                "id=\"hint\">");
    put_word(b, p, is_wrong ? RSVP_DIGITS_AGAIN : RSVP_DIGITS_HINT);
    if (!is_wrong) {
        buf_put_char(b, ' ');
        html_put_text(b, rsvp_words_all_tries(p->language));
    }
    buf_put(b, LIT("</p>\n"));
    if (is_wrong) {
        buf_put(b, LIT("<p class=\"error\" id=\"error\">"));
        html_put_text(b, rsvp_words_tries(p->a, p->language, rsvp_tries_left(&p->rsvp)));
        buf_put(b, LIT("</p>\n"));
    }
    buf_put(b, LIT("<input id=\"digits\" name=\"digits\" inputmode=\"numeric\" maxlength=\"4\" "
                   "autocomplete=\"off\" required aria-describedby="));
    buf_put(b, is_wrong ? LIT("\"hint error\" aria-invalid=\"true\" autofocus></div>\n")
                        : LIT("\"hint\"></div>\n"));
}

void rsvp_page_form(struct buf *b, const struct rsvp_page *p)
{
    put_head(b, p, rsvp_words(RSVP_ASK, p->language));
    put_alert(b, p);
    put_wrapped(b, p, "<h1>", RSVP_ASK, "</h1>\n");
    put_when(b, p);
    put_form_begin(b, p);
    put_wrapped(b, p, "<fieldset><legend>", RSVP_YOUR_ANSWER, "</legend>\n");
    put_answer(b, p, ABOUT_YES, RSVP_YES);
    put_answer(b, p, ABOUT_NO, RSVP_NO);
    put_answer(b, p, ABOUT_DELEGATE, RSVP_DELEGATE);
    buf_put(b, LIT("</fieldset>\n"));
    put_needs(b, p);
    put_digits(b, p);
    put_wrapped(b, p, "<button>", RSVP_SEND, "</button>\n</form>\n");
    put_foot(b, p, true);
}

/* ---- the answer */

static void put_next(struct buf *b, const struct rsvp_page *p)
{
    int64_t from_us = p->rsvp.of.briefing.when.start_us - BRIEFING_JOIN_BEFORE_US;
    put_wrapped(b, p, "<h2>", RSVP_NEXT, "</h2>\n<ul><li>");
    if (p->answer == ABOUT_DELEGATE) {
        put_wrapped(b, p, "", RSVP_THEY_ARE_ASKED, "</li></ul>\n");
        return;
    }
    put_word(b, p, RSVP_SIGN_IN_FROM);
    buf_put_char(b, ' ');
    html_put_text(b, call_time(p->a, p->language, p->shown, from_us));
    buf_put(b, LIT("</li></ul>\n"));
}

void rsvp_page_kept(struct buf *b, const struct rsvp_page *p)
{
    static const enum rsvp_word HEADS[] = {[ABOUT_NOTHING] = RSVP_ASK,
                                           [ABOUT_YES] = RSVP_WILL_JOIN,
                                           [ABOUT_NO] = RSVP_WILL_NOT_JOIN,
                                           [ABOUT_DELEGATE] = RSVP_OTHER_WILL_JOIN};
    put_head(b, p, rsvp_words(HEADS[p->answer], p->language));
    put_wrapped(b, p, "<h1>", HEADS[p->answer], "</h1>\n<p>");
    put_word(b, p, RSVP_HAVE_ANSWER);
    buf_put_char(b, ' ');
    html_put_text(b, call_short_day(p->a, p->language, p->shown, p->now_us));
    buf_put(b, LIT(", "));
    html_put_text(b, call_time(p->a, p->language, p->shown, p->now_us));
    buf_put(b, LIT(".</p>\n"));
    put_when(b, p);
    if (p->answer == ABOUT_YES) {
        buf_put(b, LIT("<p><a class=\"button outline\" href=\"/rsvp/"));
        html_put_text(b, p->secret);
        put_wrapped(b, p, "/calendar\">", RSVP_IN_CALENDAR, "</a></p>\n");
    }
    if (p->answer != ABOUT_NO)
        put_next(b, p);
    buf_put(b, LIT("<p><a href=\""));
    put_address(b, p, p->language);
    put_wrapped(b, p, "\">", RSVP_CHANGE, "</a></p>\n");
    put_foot(b, p, true);
}

/* ---- who goes instead */

static void put_person(struct buf *b, const struct rsvp_page *p,
                       const struct briefing_delegate *who, size_t place)
{
    buf_print(b,
              "<div class=\"tile\"><input type=\"radio\" name=\"delegate\" id=\"person%zu\" "
              "value=\"",
              place);
    html_put_text(b, who->person->id);
    buf_print(b, "\" required><label for=\"person%zu\">", place);
    html_put_text(b, who->person->name);
    if (who->org != p->rsvp.of.org) {
        buf_put(b, LIT(" <span class=\"hint\">"));
        html_put_text(b, who->org->name);
        buf_put(b, LIT("</span>"));
    }
    buf_put(b, LIT("</label></div>\n"));
}

/* Vouching takes a signed-in invitee: the page says where. */
static void put_newcomer(struct buf *b, const struct rsvp_page *p)
{
    put_wrapped(b, p, "<p>", RSVP_NEWCOMER, "</p>\n");
    put_sign_in(b, p);
}

void rsvp_page_delegates(struct buf *b, const struct rsvp_page *p,
                         const struct briefing_delegates *people)
{
    put_head(b, p, rsvp_words(RSVP_WHO_INSTEAD, p->language));
    put_alert(b, p);
    put_wrapped(b, p, "<h1>", RSVP_WHO_INSTEAD, "</h1>\n");
    put_when(b, p);
    if (people->count == 0) {
        put_wrapped(b, p, "<p>", RSVP_NO_DELEGATE, "</p>\n");
        put_newcomer(b, p);
        put_foot(b, p, true);
        return;
    }
    put_form_begin(b, p);
    buf_put(b, LIT("<input type=\"hidden\" name=\"answer\" value=\"delegate\">\n"
                   "<input type=\"hidden\" name=\"proof\" value=\""));
    html_put_text(b, p->proof);
    buf_put(b, LIT("\">\n<input type=\"hidden\" name=\"note\" value=\""));
    html_put_text(b, p->note);
    put_wrapped(b, p, "\">\n<fieldset><legend>", RSVP_DELEGATES, "</legend>\n");
    for (size_t i = 0; i < people->count; i++)
        put_person(b, p, &people->items[i], i);
    put_wrapped(b, p, "</fieldset>\n<button>", RSVP_SEND, "</button>\n</form>\n");
    put_newcomer(b, p);
    put_foot(b, p, true);
}

void rsvp_page_words(struct buf *b, const struct rsvp_page *p, enum rsvp_word head,
                     enum rsvp_word why)
{
    put_head(b, p, rsvp_words(head, p->language));
    put_wrapped(b, p, "<h1>", head, "</h1>\n");
    put_wrapped(b, p, "<p>", why, "</p>\n");
    put_sign_in(b, p);
    put_foot(b, p, false);
}
