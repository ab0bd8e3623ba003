/*
 * Who is to be mailed what: worked out from what was sent, and what each invitee was told before,
 * so that an order that is cut off goes on, and one that is repeated mails nobody twice.
 */
#include "service/mail.h"

#include "base/file.h"
#include "service/briefing_parts.h"
#include "service/exercise.h"
#include "service/mime.h"
#include "store/digest.h"
#include "store/people.h"
#include "store/reminding.h"

#define TEXT_BYTES_MAX ((size_t)64 * 1024)
#define PASSWORD_BYTES_MAX 4096

err mail_order(struct arena *a, struct session *s, str briefing)
{
    return mailing_begin(a, s, briefing);
}

err mail_order_correction(struct arena *a, struct session *s, str correction)
{
    return mailing_begin(a, s, correction);
}

/* ---- one invitee */

struct invitee {
    struct briefing_calendar of;
    struct mail_told told;
    int64_t round; /* of reminders to this briefing */
    str url;
};

static enum mail_kind find_kind(const struct invitee *i)
{
    const struct briefing *b = &i->of.briefing;
    bool is_told = i->told.invitation.len > 0;
    if (b->status == BRIEFING_CANCELLED)
        return is_told && !i->told.is_cancelled ? MAIL_CANCELLATION : MAIL_NOTHING;
    if (b->status != BRIEFING_SENT || b->is_over)
        return MAIL_NOTHING;
    if (!is_told)
        return MAIL_INVITATION;
    if (i->told.sequence < b->sequence)
        return MAIL_UPDATE;
    bool is_open = i->of.invitation.answer == ABOUT_NOTHING;
    return is_open && i->told.reminded < i->round ? MAIL_REMINDER : MAIL_NOTHING;
}

err mail_event(struct arena *a, struct session *s, str public_url,
               const struct briefing_calendar *of, struct calendar_event *out)
{
    static const char *const ANSWERS[] = {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "DELEGATED"};
    const struct briefing *b = &of->briefing;
    bool is_exercise = exercise_holds(s, &b->entry);
    *out = (struct calendar_event){.method = b->status == BRIEFING_CANCELLED ? CALENDAR_CANCEL
                                                                             : CALENDAR_REQUEST,
                                   .uid = b->id,
                                   .sequence = b->sequence,
                                   .stamp_us = s->now_us,
                                   .start_us = b->when.start_us,
                                   .end_us = briefing_end_us(&b->when),
                                   .organizer = store_config(s->store)->mail_from,
                                   .attendee = of->person->email,
                                   .answer = str_of(ANSWERS[of->invitation.answer]),
                                   .summary = mail_summary(a, is_exercise),
                                   .description = mail_description(a, public_url, is_exercise),
                                   .url = arena_join(a, public_url, LIT("/app/"), (str){0})};
    return call_find_zone(a, s->store->zones, b->when.timezone, &out->zone);
}

/* What is said of a briefing to anybody: `out->kind`, `url` and `link` stand already. */
static err read_facts(struct arena *a, struct session *s, const struct briefing *b,
                      const struct policy_person *who, struct mail_facts *out)
{
    struct person_contact contact;
    out->start_us = b->when.start_us;
    out->end_us = briefing_end_us(&b->when);
    out->is_exercise = exercise_holds(s, &b->entry);
    TRY(people_contact(a, s, who->n, &contact));
    TRY(call_find_zone(a, s->store->zones, b->when.timezone, &out->sender));
    str own = contact.timezone.len ? contact.timezone : b->when.timezone;
    return call_find_zone(a, s->store->zones, own, &out->own);
}

static str write_calendar(struct arena *a, const struct calendar_event *event)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    calendar_write(&text, a, event);
    return arena_copy(a, buf_str(&text));
}

static str write_text(struct arena *a, const struct mail_facts *f)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    mail_put_text(&text, a, f);
    return arena_copy(a, buf_str(&text));
}

enum outbox_state mail_first_state(const struct session *s)
{
    bool goes_out = store_config(s->store)->mail_relay.len && !s->store->is_demo;
    return goes_out ? OUTBOX_WAITING : OUTBOX_KEPT;
}

static err queue(struct arena *a, struct session *s, const struct invitee *i)
{
    struct mail_facts facts = {.kind = find_kind(i), .url = i->url};
    struct calendar_event event;
    if (facts.kind != MAIL_CANCELLATION)
        facts.link = arena_join(a, i->url, LIT("/rsvp/" OUTBOX_SECRET), (str){0});
    TRY(read_facts(a, s, &i->of.briefing, i->of.person, &facts));
    TRY(mail_event(a, s, i->url, &i->of, &event));
    struct outbox_message m = {.kind = mail_kind_name(facts.kind),
                               .briefing = i->of.briefing.id,
                               .recipient = i->of.person->email,
                               .subject = mail_subject(a, &facts),
                               .body = write_text(a, &facts),
                               .calendar = write_calendar(a, &event),
                               .state = mail_first_state(s)};
    if (facts.link.len) {
        m.secret = digest_new_secret(a);
        TRY(mailing_add_link(a, s, i->of.invitation.id, m.secret));
    }
    return outbox_add(a, s, &m);
}

/* A message without calendar and link. */
static err queue_note(struct arena *a, struct session *s, const struct briefing *b,
                      const struct policy_person *who, struct mail_facts facts)
{
    TRY(read_facts(a, s, b, who, &facts));
    struct outbox_message m = {.kind = mail_kind_name(facts.kind),
                               .briefing = b->id,
                               .recipient = who->email,
                               .subject = mail_subject(a, &facts),
                               .body = write_text(a, &facts),
                               .state = mail_first_state(s)};
    return outbox_add(a, s, &m);
}

err mail_note(struct arena *a, struct session *s, const struct mail_about *about, str person)
{
    const struct policy_person *who = map_get(&s->policy->person_by_id, person);
    if (who == NULL || who->is_suspended)
        return NULL;
    return queue_note(a, s, about->briefing, who,
                      (struct mail_facts){.kind = about->kind, .url = about->public_url});
}

err mail_note_publishers(struct arena *a, struct session *s, const struct mail_about *about,
                         const struct policy_org *org)
{
    for (size_t i = 0; i < s->policy->person_count; i++) {
        const struct policy_person *who = &s->policy->people[i];
        const struct policy_affiliation *as = policy_affiliation(who, org->n);
        if (as && as->roles >> ROLE_PUBLISHER & 1)
            TRY(mail_note(a, s, about, who->id));
    }
    return NULL;
}

/* Who may not read it is not told that there is one. */
static err tell_correction(struct arena *a, struct session *s, str public_url, str invitation,
                           str correction)
{
    struct briefing_calendar of;
    struct reader r;
    struct log_entry e;
    err failure = briefing_calendar_get(a, s, invitation, &of);
    if (failure == NULL)
        failure = reader_make(a, s, of.org, of.person, NULL, &r);
    if (failure == NULL)
        failure = about_get(a, s, &r, correction, &e);
    if (failure)
        return failure->code == ERR_NOT_FOUND ? NULL : failure;
    return queue_note(a, s, &of.briefing, of.person,
                      (struct mail_facts){.kind = MAIL_CORRECTION, .url = public_url});
}

static err tell(struct arena *a, struct session *s, str public_url, str invitation)
{
    struct invitee i = {.url = public_url};
    struct reminding reminding;
    err failure = briefing_calendar_get(a, s, invitation, &i.of);
    if (failure) /* somebody who left is not mailed */
        return failure->code == ERR_NOT_FOUND ? NULL : failure;
    TRY(mailing_told(a, s, invitation, &i.told));
    TRY(reminding_get(a, s, i.of.briefing.id, &reminding));
    i.round = reminding.rounds;
    if (find_kind(&i) == MAIL_NOTHING)
        return NULL;
    TRY(queue(a, s, &i));
    i.told.invitation = invitation;
    i.told.sequence = i.of.briefing.sequence;
    i.told.is_cancelled = i.of.briefing.status == BRIEFING_CANCELLED;
    i.told.reminded = i.round;
    return mailing_tell(a, s, &i.told);
}

/* ---- an order, piece by piece */

struct invitation_ids {
    struct stix_strs ids;
    uint32_t last; /* entry number of the last of them */
    bool is_whole; /* there are no more */
};

static bool is_about_correction(const struct mail_round *round)
{
    return str_eq(stix_id_type(round->about), LIT("correction"));
}

/* The briefing of a round. */
static err find_briefing(struct arena *a, struct session *s, const struct mail_round *round,
                         const struct log_entry *about, str *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    *out = round->about;
    if (!is_about_correction(round))
        return NULL;
    TRY(parsed_read(a, s, about, &p));
    *out = parsed_text(a, p.value, "briefing_ref");
    return NULL;
}

static err list_invitations(struct arena *a, struct session *s, const struct mail_round *round,
                            struct invitation_ids *out)
{
    struct log_entries entries = {0};
    struct about_rows rows = {0};
    struct reader group;
    str briefing;
    out->is_whole = true;
    TRY(log_entries_of(a, s, round->about, s->policy->briefings, &entries));
    if (entries.count == 0)
        return NULL;
    TRY(find_briefing(a, s, round, &entries.items[0], &briefing));
    TRY(group_reader(a, s, entries.items[0].contributor, &group));
    TRY(about_list(a, s, &group, briefing, LIT("briefing-invitation"), &rows));
    for (size_t i = 0; i < rows.count && out->is_whole; i++) {
        const struct log_entry *e = &rows.items[i].entry;
        if (e->number <= round->after)
            continue;
        out->is_whole = out->ids.count < MAIL_PIECE;
        if (!out->is_whole)
            continue;
        TRY(log_body_id(a, s, e->body, LIST_ADD(a, &out->ids)));
        out->last = e->number;
    }
    return NULL;
}

static err find_piece(struct arena *a, struct store *store, struct mail_round *round,
                      struct invitation_ids *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    TRY(mailing_next(a, &s, round));
    return round->about.len ? list_invitations(a, &s, round, out) : NULL;
}

err mail_piece(struct arena *a, struct store *store, str public_url, bool *is_idle)
{
    struct mail_round round;
    struct invitation_ids piece = {0};
    TRY(find_piece(a, store, &round, &piece));
    *is_idle = round.about.len == 0;
    if (*is_idle)
        return NULL;
    OWNED(session_done) struct session s = {0};
    struct mail_round now;
    TRY(session_write(a, store, &s));
    TRY(mailing_next(a, &s, &now));
    if (!str_eq(now.about, round.about) || now.after != round.after)
        return NULL; /* ordered anew meanwhile: from the beginning */
    for (size_t i = 0; i < piece.ids.count; i++) {
        str id = piece.ids.items[i];
        TRY(is_about_correction(&round) ? tell_correction(a, &s, public_url, id, round.about)
                                        : tell(a, &s, public_url, id));
    }
    round.after = piece.last;
    TRY(mailing_move(a, &s, &round, piece.is_whole));
    return session_commit(a, &s);
}

/* ---- on its way */

str mail_body(struct arena *a, const struct outbox_message *m, str secret)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    for (str rest = m->body; rest.len;) {
        size_t at = str_find(rest, LIT(OUTBOX_SECRET));
        buf_put(&text, str_part(rest, 0, at));
        if (at < rest.len)
            buf_put(&text, secret);
        rest = str_skip(rest, at + sizeof(OUTBOX_SECRET) - 1);
    }
    return arena_copy(a, buf_str(&text));
}

err mail_relay(struct arena *a, const struct config *config, struct smtp_relay *out)
{
    str password = {0};
    if (config->mail_relay.len == 0)
        return FAIL(a, ERR_INPUT, "mail_relay is not set in tocsin.conf, so that no mail goes out");
    if (config->mail_from.len == 0)
        return FAIL(a, ERR_INPUT,
                    "mail_from is not set in tocsin.conf: the address that mail comes from");
    if (mime_check_address(a, config->mail_from))
        return FAIL(a, ERR_INPUT,
                    "mail_from in tocsin.conf is no address, such as calls@exchange.example");
    if (config->mail_password_file.len)
        TRY(file_read(a, config->mail_password_file, PASSWORD_BYTES_MAX, &password));
    *out = (struct smtp_relay){.url = config->mail_relay,
                               .user = config->mail_user,
                               .password = str_part(password, 0, str_find_char(password, '\n')),
                               .ca_file = config->mail_ca_file};
    return NULL;
}

err mail_compose(struct arena *a, const struct store *store, const struct outbox_message *m,
                 struct smtp_mail *out)
{
    str from = store_config(store)->mail_from;
    bool is_off = str_eq(m->kind, mail_kind_name(MAIL_CANCELLATION));
    const struct mime_message message = {
        .id = m->id,
        .date_us = m->created_us,
        .from_name = store->name,
        .from = from,
        .to = m->recipient,
        .subject = m->subject,
        .text = mail_body(a, m, m->secret),
        .calendar = m->calendar,
        .calendar_method = calendar_method_name(is_off ? CALENDAR_CANCEL : CALENDAR_REQUEST)};
    OWNED(buf_done) struct buf bytes;
    buf_init(&bytes, MIME_BYTES_MAX);
    TRY(mime_write(a, &message, &bytes));
    *out = (struct smtp_mail){.return_path = mime_return_path(a, from, m->id),
                              .recipient = m->recipient,
                              .bytes = arena_copy(a, buf_str(&bytes))};
    return NULL;
}
