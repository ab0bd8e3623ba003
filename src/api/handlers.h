/*
 * The handlers of the route table, by resource. What each takes and gives stands in
 * api/openapi.yaml.
 */
#ifndef TOCSIN_API_HANDLERS_H
#define TOCSIN_API_HANDLERS_H

#include "api/call.h"

/* session.c */
err api_get_session(struct api_call *c) MUST_USE;
err api_sign_in(struct api_call *c) MUST_USE;
err api_change_affiliation(struct api_call *c) MUST_USE;
err api_sign_out(struct api_call *c) MUST_USE;

err api_second_step(struct api_call *c) MUST_USE;
err api_open_link(struct api_call *c) MUST_USE;

/* account.c */
err api_get_account(struct api_call *c) MUST_USE;
err api_edit_account(struct api_call *c) MUST_USE;
err api_set_password(struct api_call *c) MUST_USE;
err api_begin_totp(struct api_call *c) MUST_USE;
err api_confirm_totp(struct api_call *c) MUST_USE;
err api_remove_authenticator(struct api_call *c) MUST_USE;
err api_make_codes(struct api_call *c) MUST_USE;
err api_end_session(struct api_call *c) MUST_USE;
err api_refuse_links(struct api_call *c) MUST_USE;

/* contact.c */
err api_change_contact(struct api_call *c) MUST_USE;
err api_withdraw_contact(struct api_call *c) MUST_USE;
err api_refuse_contact(struct api_call *c) MUST_USE;
err api_confirm_contact(struct api_call *c) MUST_USE;

/* invitation.c */
err api_look_at_link(struct api_call *c) MUST_USE;

/* passkeys.c */
err api_ask_passkey(struct api_call *c) MUST_USE;
err api_sign_in_by_passkey(struct api_call *c) MUST_USE;
err api_begin_passkey(struct api_call *c) MUST_USE;
err api_add_passkey(struct api_call *c) MUST_USE;

/* organizations.c */
err api_list_organizations(struct api_call *c) MUST_USE;
err api_add_organization(struct api_call *c) MUST_USE;
err api_get_organization(struct api_call *c) MUST_USE;
err api_edit_organization(struct api_call *c) MUST_USE;
err api_link_organization(struct api_call *c) MUST_USE;

/* places.c */
err api_list_places(struct api_call *c) MUST_USE;

/* directory.c */
err api_put_duty(struct api_call *c) MUST_USE;
err api_list_directory(struct api_call *c) MUST_USE;
err api_get_coverage(struct api_call *c) MUST_USE;

/* people.c */
err api_list_people(struct api_call *c) MUST_USE;
err api_add_person(struct api_call *c) MUST_USE;
err api_suspend_person(struct api_call *c) MUST_USE;
err api_link_person(struct api_call *c) MUST_USE;
err api_confirm_link(struct api_call *c) MUST_USE;
err api_decide_newcomer(struct api_call *c) MUST_USE;

/* tokens.c */
err api_list_tokens(struct api_call *c) MUST_USE;
err api_revoke_token(struct api_call *c) MUST_USE;
err api_list_own_tokens(struct api_call *c) MUST_USE;
err api_add_own_token(struct api_call *c) MUST_USE;
err api_revoke_own_token(struct api_call *c) MUST_USE;
err api_revoke_own_tokens(struct api_call *c) MUST_USE;
err api_list_org_tokens(struct api_call *c) MUST_USE;
err api_add_org_token(struct api_call *c) MUST_USE;
err api_revoke_org_token(struct api_call *c) MUST_USE;

/* access.c */
err api_list_collections(struct api_call *c) MUST_USE;
err api_add_collection(struct api_call *c) MUST_USE;
err api_get_collection(struct api_call *c) MUST_USE;
err api_edit_collection(struct api_call *c) MUST_USE;
err api_list_grants(struct api_call *c) MUST_USE;
err api_put_grant(struct api_call *c) MUST_USE;

/* audit.c */
err api_list_audit(struct api_call *c) MUST_USE;
err api_verify_audit(struct api_call *c) MUST_USE;
err api_get_head(struct api_call *c) MUST_USE;

/* drafts.c */
err api_get_draft(struct api_call *c) MUST_USE;
err api_put_draft(struct api_call *c) MUST_USE;
err api_remove_draft(struct api_call *c) MUST_USE;

/* chairs.c */
err api_list_chairs(struct api_call *c) MUST_USE;
err api_take_chair(struct api_call *c) MUST_USE;

/* home.c */
err api_get_home(struct api_call *c) MUST_USE;
err api_list_new(struct api_call *c) MUST_USE;

/* search.c */
err api_search(struct api_call *c) MUST_USE;

/* objects.c */
err api_get_object(struct api_call *c) MUST_USE;
err api_list_relations(struct api_call *c) MUST_USE;
err api_get_met(struct api_call *c) MUST_USE;
err api_list_met(struct api_call *c) MUST_USE;
err api_list_viewers(struct api_call *c) MUST_USE;

/* looks.c */
err api_count_seen(struct api_call *c) MUST_USE;
err api_list_looks_of(struct api_call *c) MUST_USE;
err api_ask_names(struct api_call *c) MUST_USE;
err api_list_looks(struct api_call *c) MUST_USE;
err api_decide_look(struct api_call *c) MUST_USE;

/* holds.c */
err api_list_holds(struct api_call *c) MUST_USE;
err api_place_hold(struct api_call *c) MUST_USE;
err api_release_hold(struct api_call *c) MUST_USE;

/* elections.c */
err api_list_elections(struct api_call *c) MUST_USE;
err api_add_election(struct api_call *c) MUST_USE;
err api_edit_election(struct api_call *c) MUST_USE;
err api_remove_election(struct api_call *c) MUST_USE;
err api_bring_elections(struct api_call *c) MUST_USE;

/* sheet.c */
err api_get_sheet(struct api_call *c) MUST_USE;
err api_bring_sheet(struct api_call *c) MUST_USE;

/* audiences.c */
err api_list_audiences(struct api_call *c) MUST_USE;
err api_add_audience(struct api_call *c) MUST_USE;

/* reach.c */
err api_get_reached(struct api_call *c) MUST_USE;
err api_get_readers(struct api_call *c) MUST_USE;
err api_list_readers(struct api_call *c) MUST_USE;

/* briefings.c */
err api_list_briefings(struct api_call *c) MUST_USE;
err api_make_briefing(struct api_call *c) MUST_USE;
err api_get_briefing(struct api_call *c) MUST_USE;
err api_edit_briefing(struct api_call *c) MUST_USE;
err api_cancel_briefing(struct api_call *c) MUST_USE;
err api_make_next(struct api_call *c) MUST_USE;
err api_get_audience(struct api_call *c) MUST_USE;
err api_send_briefing(struct api_call *c) MUST_USE;
err api_remind_invited(struct api_call *c) MUST_USE;
err api_get_sending(struct api_call *c) MUST_USE;

/* approvals.c */
err api_get_approvals(struct api_call *c) MUST_USE;
err api_say_approval(struct api_call *c) MUST_USE;
err api_name_approvers(struct api_call *c) MUST_USE;
err api_go_without(struct api_call *c) MUST_USE;
err api_say_host(struct api_call *c) MUST_USE;
err api_leave_hosts(struct api_call *c) MUST_USE;

/* absence.c */
err api_get_absence(struct api_call *c) MUST_USE;
err api_say_absence(struct api_call *c) MUST_USE;
err api_get_series(struct api_call *c) MUST_USE;

/* onward.c */
err api_get_onward(struct api_call *c) MUST_USE;
err api_make_onward(struct api_call *c) MUST_USE;
err api_list_widenings(struct api_call *c) MUST_USE;
err api_ask_widening(struct api_call *c) MUST_USE;
err api_answer_widening(struct api_call *c) MUST_USE;

/* corrections.c */
err api_list_corrections(struct api_call *c) MUST_USE;
err api_correct(struct api_call *c) MUST_USE;

/* commitments.c */
err api_list_commitments(struct api_call *c) MUST_USE;
err api_add_commitment(struct api_call *c) MUST_USE;
err api_settle_commitment(struct api_call *c) MUST_USE;

/* briefing_answers.c */
err api_list_answers(struct api_call *c) MUST_USE;
err api_note_answer(struct api_call *c) MUST_USE;
err api_list_needs(struct api_call *c) MUST_USE;
err api_answer_invitation(struct api_call *c) MUST_USE;
err api_list_delegates(struct api_call *c) MUST_USE;
err api_send_newcomer(struct api_call *c) MUST_USE;
err api_get_attendance(struct api_call *c) MUST_USE;
err api_take_attendance(struct api_call *c) MUST_USE;
err api_add_guest(struct api_call *c) MUST_USE;
err api_drop_guest(struct api_call *c) MUST_USE;
err api_get_usefulness(struct api_call *c) MUST_USE;
err api_say_usefulness(struct api_call *c) MUST_USE;
err api_get_record(struct api_call *c) MUST_USE;
err api_get_record_document(struct api_call *c) MUST_USE;

/* questions.c */
err api_list_questions(struct api_call *c) MUST_USE;
err api_ask_question(struct api_call *c) MUST_USE;
err api_answer_question(struct api_call *c) MUST_USE;

/* materials.c */
err api_list_materials(struct api_call *c) MUST_USE;
err api_give_material(struct api_call *c) MUST_USE;
err api_replace_material(struct api_call *c) MUST_USE;
err api_withdraw_material(struct api_call *c) MUST_USE;

/* files.c */
err api_take_file(struct api_call *c) MUST_USE;
err api_get_file(struct api_call *c) MUST_USE;

/* actions.c */
err api_get_reach(struct api_call *c) MUST_USE;
err api_list_reach(struct api_call *c) MUST_USE;
err api_list_actions(struct api_call *c) MUST_USE;
err api_tell_action(struct api_call *c) MUST_USE;

/* outbox.c */
err api_list_outbox(struct api_call *c) MUST_USE;
err api_get_message(struct api_call *c) MUST_USE;

#endif
