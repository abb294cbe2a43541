/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-contacts-private.h"

#include "sm-access-private.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-tell-private.h"

#include <string.h>

/*
 * Where persons are reached, as persons write it down: it holds over what the file of the
 * telling says.  The row has the addresses as everybody may see them; the whole ones stand
 * beside, and never leave the service but in a message.
 */

static const struct
{
  guint field;
  SmTellChannel channel;
} channels[] = {
  { SM_CONTACT_SMS, SM_TELL_SMS },
  { SM_CONTACT_EMAIL, SM_TELL_EMAIL },
  { SM_CONTACT_VOICE, SM_TELL_VOICE },
};

static gboolean
check_alone (SmRules      *rules,
             const SmRow  *row,
             GError      **error)
{
  g_autoptr (GPtrArray) same
      = sm_service_list (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_CONTACT),
                         &(SmScope){ SM_SCOPE_ALL }, SM_CONTACT_PERSON,
                         sm_row_get_text (row, SM_CONTACT_PERSON), 0, 1, error);

  if (same == NULL)
    return FALSE;
  return same->len == 0 || sm_error_refuse_field (error, "/person", "contact-exists");
}

/* Whether all that a person of @theirs sees is seen by the actor, too. */
static gboolean
is_within (const SmVerb  *verb,
           const SmScope *theirs)
{
  const SmScope *ours = verb->actor->scope;
  const SmNoun *noun
      = sm_noun_get (theirs->kind == SM_SCOPE_AREAS ? SM_NOUN_AREA : SM_NOUN_FLEET);

  if (theirs->kind == SM_SCOPE_ALL || theirs->n_ids == 0
      || (ours->kind != theirs->kind && ours->kind != SM_SCOPE_OPERATOR))
    return FALSE;
  for (guint i = 0; i < theirs->n_ids; i++)
    {
      gint64 id = theirs->ids[i];
      g_autoptr (SmRow) row = NULL;

      if (ours->kind == theirs->kind
              ? !sm_scope_has (ours, id, id, id)
              : !sm_verb_find_row (verb->rules, verb->actor, noun, id, &row, NULL))
        return FALSE;
    }
  return TRUE;
}

/**
 * sm_contact_check_person:
 *
 * Who answers for a part of the network says where its people are reached; of others, and of
 * whoever has no account, only who answers for all of it: else one could have told oneself, or
 * nobody, what another has to know.
 */
gboolean
sm_contact_check_person (const SmVerb  *verb,
                         const char    *person,
                         GError       **error)
{
  SmUserRecord *user;
  g_autoptr (SmScope) theirs = NULL;

  if (verb->actor->scope->kind == SM_SCOPE_ALL)
    return TRUE;
  user = sm_access_dup_user (verb->rules->access, person);
  theirs = user != NULL ? sm_scope_from_text (user->scope_kind, user->scope_ids) : NULL;
  g_clear_pointer (&user, sm_user_record_free);
  return (theirs != NULL && is_within (verb, theirs))
         || sm_error_refuse_field (error, "/person", "person-unknown");
}

/* As they sign in, however it was written: they are told by that. */
static void
take_name (const SmVerb *verb,
           SmRow        *row)
{
  SmUserRecord *user
      = sm_access_dup_user (verb->rules->access, sm_row_get_text (row, SM_CONTACT_PERSON));

  if (user != NULL)
    sm_row_set_text (row, SM_CONTACT_PERSON, user->name);
  g_clear_pointer (&user, sm_user_record_free);
}

/* Who sees what they wrote. */
static void
take_keys (SmRow         *row,
           const SmScope *scope)
{
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, SM_TELL_OPERATOR);
  if (scope->n_ids > 0 && scope->kind == SM_SCOPE_OPERATOR)
    sm_row_set_int (row, SM_ROW_OPERATOR_ID, scope->ids[0]);
  else if (scope->n_ids > 0 && scope->kind == SM_SCOPE_AREAS)
    sm_row_set_int (row, SM_ROW_AREA_ID, scope->ids[0]);
  else if (scope->n_ids > 0 && scope->kind == SM_SCOPE_FLEETS)
    sm_row_set_int (row, SM_ROW_FLEET_ID, scope->ids[0]);
}

/**
 * sm_contact_settle:
 * @before: (nullable): a new one
 * @row: gets the addresses that are not whole
 *
 * Whether that can be said.  An address that is as it was shown stays as it is.
 */
gboolean
sm_contact_settle (const SmVerb  *verb,
                   const SmRow   *before,
                   SmRow         *row,
                   GError       **error)
{
  if (before == NULL)
    take_name (verb, row);
  if (!sm_contact_check_person (verb, sm_row_get_text (row, SM_CONTACT_PERSON), error)
      || (before == NULL && !check_alone (verb->rules, row, error)))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      guint field = channels[i].field;
      const char *address = sm_row_get_text (row, field);
      g_autofree char *pointer = g_strconcat ("/", sm_row_get_noun (row)->fields[field].name, NULL);

      if (address == NULL || (before != NULL && sm_row_equal_field (before, row, field)))
        continue;
      if (!sm_tell_is_address (channels[i].channel, address))
        return sm_error_refuse_field (error, pointer, "invalid");
      sm_row_take_text (row, field, sm_tell_mask (address));
    }
  if (before == NULL)
    take_keys (row, verb->actor->scope);
  sm_row_set_int (row, SM_CONTACT_CHANGED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_CONTACT_CHANGED_BY, verb->actor->name);
  return TRUE;
}

/* Returns: FALSE when it failed */
static gboolean
learn (SmRules      *rules,
       const SmRow  *row,
       GError      **error)
{
  SmTellPerson *person;

  if (rules->telling == NULL)
    return TRUE;
  person = g_new0 (SmTellPerson, 1);
  person->name = g_strdup (sm_row_get_text (row, SM_CONTACT_PERSON));
  person->language = (SmTellLanguage) sm_row_get_enum (row, SM_CONTACT_LANGUAGE);
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    if (!sm_row_is_null (row, channels[i].field))
      person->addresses[channels[i].channel]
          = sm_tell_address_find (sm_rules_get_connection (rules), sm_row_get_id (row),
                                  sm_tell_channels[channels[i].channel], NULL);
  sm_tell_settings_put (rules->telling, sm_row_get_text (row, SM_CONTACT_PERSON), person);
  rules->contacts_changed = TRUE;
  return TRUE;
}

/** sm_contact_keep: In the transaction in which @row was written: @wanted has the whole addresses. */
gboolean
sm_contact_keep (SmRules      *rules,
                 const SmRow  *before,
                 const SmRow  *wanted,
                 const SmRow  *row,
                 GError      **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      guint field = channels[i].field;
      const char *channel = sm_tell_channels[channels[i].channel];
      const char *address = sm_row_get_text (wanted, field);

      if (sm_row_is_null (row, field))
        address = NULL;
      else if (address == NULL || (before != NULL && sm_row_equal_field (before, wanted, field)))
        continue;
      if (!sm_tell_address_put (connection, sm_row_get_id (row), channel, address, error))
        return FALSE;
    }
  return learn (rules, row, error);
}

/** sm_contact_forget: In the transaction in which @row goes: it is as the file says again. */
gboolean
sm_contact_forget (SmRules      *rules,
                   const SmRow  *row,
                   GError      **error)
{
  if (rules->telling != NULL)
    sm_tell_settings_put (rules->telling, sm_row_get_text (row, SM_CONTACT_PERSON), NULL);
  rules->contacts_changed = TRUE;
  return sm_tell_address_remove (sm_rules_get_connection (rules), sm_row_get_id (row), error);
}

static gboolean
learn_cb (SmRules      *rules,
          const SmRow  *row,
          gpointer      user_data,
          GError      **error)
{
  return learn (rules, row, error);
}

/**
 * sm_contacts_follow_rollback:
 *
 * What was learnt was not written: nobody is told anything at an address that no row has.  Who
 * is told next has them read first, if that cannot be done now.
 */
void
sm_contacts_follow_rollback (SmRules *rules)
{
  g_autoptr (GError) error = NULL;

  if (!rules->contacts_changed || rules->telling == NULL)
    return;
  sm_tell_settings_forget_contacts (rules->telling);
  rules->knows_contacts = FALSE;
  if (!sm_contacts_load (rules, &error))
    g_info ("Cannot read the contacts again: %s", error->message);
}

/** sm_contacts_load: Once, before anybody is told of anything. */
gboolean
sm_contacts_load (SmRules  *rules,
                  GError  **error)
{
  if (rules->knows_contacts)
    return TRUE;
  rules->knows_contacts = sm_rules_each (rules, SM_NOUN_CONTACT, learn_cb, NULL, error);
  return rules->knows_contacts;
}
