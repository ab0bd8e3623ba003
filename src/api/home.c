/*
 * /home: what waits for the person who asks.
 */
#include "service/home.h"

#include "api/absence.h"
#include "api/briefing_parts.h"
#include "api/fresh.h"
#include "api/handlers.h"
#include "api/looks.h"
#include "api/parts.h"
#include "service/election.h"
#include "service/exercise.h"

static err put_questions(const struct part_to *to, const struct home *home)
{
    json_key(to->w, LIT("questions"));
    json_open_array(to->w);
    for (size_t i = 0; i < home->questions.count; i++) {
        json_open_object(to->w);
        json_member(to->w, "kind", home_kind_name(home->questions.items[i].kind));
        json_key(to->w, LIT("briefing"));
        TRY(part_briefing_row(to, &home->questions.items[i].briefing));
        json_member_if(to->w, "about", home->questions.items[i].briefing.about);
        if (home->questions.items[i].count)
            json_member_i64(to->w, "count", (int64_t)home->questions.items[i].count);
        json_member_if(to->w, "words", home->questions.items[i].words);
        part_newcomer_sent(to, &home->questions.items[i].sent);
        if (home->questions.items[i].kind == HOME_ABSENCE)
            part_absence(to, "absence", &home->questions.items[i].absence);
        part_give(to, &home->questions.items[i].said);
        json_close_object(to->w);
    }
    json_close_array(to->w);
    return NULL;
}

/* Of the briefing only what the reader may read themselves. */
static void put_newcomer(const struct part_to *to, const struct newcomer_asked *one)
{
    struct json_writer *w = to->w;
    json_open_object(w);
    json_member(w, "id", one->person);
    json_member(w, "name", one->name);
    json_member(w, "phone", one->phone);
    json_key(w, LIT("organization"));
    part_organization(w, one->org);
    json_member_if(w, "vouched_by", one->voucher);
    if (one->briefing.id.len) {
        part_give(to, &one->briefing.entry);
        json_member(w, "briefing", one->briefing.id);
        json_member(w, "title", one->briefing.title);
        part_time(w, "start", one->briefing.when.start_us);
        json_member_bool(w, "is_exercise", exercise_holds(to->s, &one->briefing.entry));
    }
    json_close_object(w);
}

static void put_newcomers(const struct part_to *to, const struct home *home)
{
    json_key(to->w, LIT("newcomers"));
    json_open_array(to->w);
    for (size_t i = 0; i < home->newcomers.count; i++)
        put_newcomer(to, &home->newcomers.items[i]);
    json_close_array(to->w);
}

static void put_looks(const struct part_to *to, const struct home *home)
{
    json_key(to->w, LIT("looks"));
    json_open_array(to->w);
    for (size_t i = 0; i < home->looks.count; i++)
        api_put_look(to, &home->looks.items[i]);
    json_close_array(to->w);
}

static void put_new(const struct part_to *to, const struct home *home)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("new"));
    json_open_object(w);
    if (home->since_us)
        part_time(w, "since", home->since_us);
    json_key(w, LIT("items"));
    json_open_array(w);
    for (size_t i = 0; i < home->fresh.count; i++)
        api_put_fresh(to, &home->fresh.items[i]);
    json_close_array(w);
    json_member_i64(w, "others", (int64_t)home->others);
    json_close_object(w);
}

static err put_coming_briefing(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    struct briefing_invitation mine;
    struct newcomer_sent sent;
    TRY(newcomer_my_invitation(to->a, to->s, to->r, b, &mine, &sent));
    json_open_object(w);
    json_member(w, "title", b->title);
    part_time(w, "start", b->when.start_us);
    json_member(w, "briefing", b->id);
    part_label(w, b->label);
    json_member_bool(w, "is_host", b->is_host);
    json_member_bool(w, "is_exercise", exercise_holds(to->s, &b->entry));
    if (mine.id.len)
        json_member(w, "answer", part_answer_word(mine.answer));
    json_close_object(w);
    return NULL;
}

static void put_election(struct json_writer *w, const struct election_day *election)
{
    json_open_object(w);
    json_member(w, "title", election->name);
    part_day(w, "start", election->day * US_PER_DAY);
    json_close_object(w);
}

/* The next one that concerns them, and the federal one where that is another day. */
static err put_elections(const struct part_to *to)
{
    struct election_day next;
    TRY(election_next(to->a, to->s, to->r, &next));
    const struct election_day federal =
        election_federal(store_config(to->s->store), next.day - next.days);
    put_election(to->w, &next);
    if (federal.day != next.day)
        put_election(to->w, &federal);
    return NULL;
}

static err put_coming(const struct part_to *to, const struct home *home)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("coming"));
    json_open_array(w);
    for (size_t i = 0; i < home->coming.count; i++)
        TRY(put_coming_briefing(to, &home->coming.items[i]));
    TRY(put_elections(to));
    json_close_array(w);
    return NULL;
}

err part_home(struct api_call *c)
{
    struct home home;
    TRY(home_read(c->rq->arena, &c->session, &c->reader, &home));
    session_release_views(&c->session);
    if (http_header(c->rq, LIT("X-Background")).len == 0)
        home_note_visit(c->app->writer, &c->reader);
    const struct part_to to = {&c->writer, c->rq->arena, &c->session, &c->reader, &c->given};
    json_open_object(to.w);
    TRY(put_questions(&to, &home));
    put_newcomers(&to, &home);
    put_looks(&to, &home);
    part_reads_up_to(&to);
    put_new(&to, &home);
    TRY(put_coming(&to, &home));
    json_close_object(to.w);
    return NULL;
}

err api_get_home(struct api_call *c)
{
    api_body(c);
    TRY(part_home(c));
    api_send(c, 200);
    return NULL;
}
