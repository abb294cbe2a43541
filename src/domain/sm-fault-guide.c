/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-guide.h"

#include "sm-error.h"
#include "sm-i18n.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ID 40

/* --- lines --- */

SmGuideLine *
sm_guide_line_new (const char *id,
                   const char *text,
                   double      weight)
{
  SmGuideLine *self = g_new0 (SmGuideLine, 1);

  self->id = g_strdup (id);
  self->text = g_strdup (text);
  self->weight = weight;
  return self;
}

SmGuideLine *
sm_guide_line_copy (const SmGuideLine *self)
{
  SmGuideLine *copy = sm_guide_line_new (self->id, self->text, self->weight);

  copy->text_zh = g_strdup (self->text_zh);
  return copy;
}

void
sm_guide_line_free (SmGuideLine *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self->text_zh);
  g_free (self);
}

static GPtrArray *
lines_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);
}

static GPtrArray *
lines_copy (const GPtrArray *lines)
{
  GPtrArray *copy = lines_new ();

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (copy, sm_guide_line_copy (lines->pdata[i]));
  return copy;
}

/* "loose-contact 5 sensor-fault 3": each has its share of all. */
static GPtrArray *
read_causes (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *lines = lines_new ();
  double sum = 0;

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    sum += g_ascii_strtod (words[i + 1], NULL);
  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    g_ptr_array_add (lines, sm_guide_line_new (words[i], NULL,
                                               g_ascii_strtod (words[i + 1], NULL) / sum));
  return lines;
}

static GPtrArray *
read_steps (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *lines = lines_new ();

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (lines, sm_guide_line_new (words[i], NULL, 0));
  return lines;
}

/* --- the guide --- */

/**
 * sm_fault_guide_new:
 *
 * Returns: (transfer full) (nullable): what the catalogue comes with for @code;
 *   NULL for a code that it does not have
 */
SmFaultGuide *
sm_fault_guide_new (const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);
  const SmGuideDefault *line = known != NULL ? sm_guide_default_find (known->code) : NULL;
  SmFaultGuide *self;

  if (line == NULL)
    return NULL;
  self = g_new0 (SmFaultGuide, 1);
  self->code = g_strdup (code);
  self->consequence = g_strdup (line->consequence);
  self->causes = read_causes (line->causes);
  self->steps = read_steps (line->steps);
  self->respond_s = line->respond_s;
  self->command = line->command;
  self->forbids = line->forbids;
  self->is_safety = known->is_safety;
  self->level = known->level;
  return self;
}

SmFaultGuide *
sm_fault_guide_copy (const SmFaultGuide *self)
{
  SmFaultGuide *copy = g_memdup2 (self, sizeof *self);

  copy->code = g_strdup (self->code);
  copy->consequence = g_strdup (self->consequence);
  copy->consequence_text = g_strdup (self->consequence_text);
  copy->consequence_zh = g_strdup (self->consequence_zh);
  copy->causes = lines_copy (self->causes);
  copy->steps = lines_copy (self->steps);
  copy->edited_by = g_strdup (self->edited_by);
  return copy;
}

void
sm_fault_guide_free (SmFaultGuide *self)
{
  g_free (self->code);
  g_free (self->consequence);
  g_free (self->consequence_text);
  g_free (self->consequence_zh);
  g_ptr_array_unref (self->causes);
  g_ptr_array_unref (self->steps);
  g_free (self->edited_by);
  g_free (self);
}

/** sm_fault_guide_find_step: Returns: (transfer none) (nullable): the step of that id */
const SmGuideLine *
sm_fault_guide_find_step (const SmFaultGuide *self,
                          const char         *step)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const SmGuideLine *line = self->steps->pdata[i];

      if (strcmp (line->id, step) == 0)
        return line;
    }
  return NULL;
}

/* --- whether what a person made of it can be --- */

static gboolean
refuse (const char  *field,
        const char  *slug,
        GError     **error)
{
  g_autofree char *pointer = g_strconcat ("/", field, NULL);

  return sm_error_refuse_field (error, pointer, slug);
}

static gboolean
is_id (const char *id)
{
  return *id != '\0' && strlen (id) <= MAX_ID
         && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (id);
}

static gboolean
is_text (const char *text)
{
  return text == NULL
         || (*text != '\0' && g_utf8_validate (text, -1, NULL)
             && g_utf8_strlen (text, -1) <= SM_GUIDE_MAX_TEXT);
}

static gboolean
check_lines (const GPtrArray  *lines,
             const char       *field,
             GError          **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (lines->len == 0 || lines->len > SM_GUIDE_MAX_LINES)
    return refuse (field, lines->len == 0 ? "required" : "too-long", error);
  for (guint i = 0; i < lines->len; i++)
    {
      const SmGuideLine *line = lines->pdata[i];

      if (!is_id (line->id) || !is_text (line->text) || !is_text (line->text_zh)
          || (line->text == NULL && line->text_zh == NULL
              && sm_guide_english (line->id, NULL) == NULL)
          || !(line->weight >= 0 && line->weight <= 1))
        return refuse (field, "invalid", error);
      if (!g_hash_table_add (seen, line->id))
        return refuse (field, "duplicate", error);
    }
  return TRUE;
}

/* What the catalogue says of a danger is the least that is done about it: more can
 * be said, nothing left out, put off or allowed. */
static gboolean
check_safety (const SmFaultGuide  *self,
              const SmFaultGuide  *least,
              GError             **error)
{
  guint at = 0;

  for (guint i = 0; i < self->steps->len && at < least->steps->len; i++)
    {
      const SmGuideLine *line = self->steps->pdata[i];
      const SmGuideLine *wanted = least->steps->pdata[at];

      at += strcmp (line->id, wanted->id) == 0 && line->text == NULL && line->text_zh == NULL;
    }
  if (at < least->steps->len)
    return refuse ("steps", "danger-kept", error);
  if (self->respond_s > least->respond_s)
    return refuse ("respond_s", "danger-kept", error);
  if (self->command != least->command && self->command != SM_ENUM_UNKNOWN)
    return refuse ("command", "danger-kept", error);
  if (self->level > least->level)
    return refuse ("level", "danger-kept", error);
  if ((least->forbids & ~self->forbids) != 0)
    return refuse ("forbids", "danger-kept", error);
  return TRUE;
}

static gboolean
check_level (const SmFaultGuide  *self,
             const SmFaultGuide  *least,
             GError             **error)
{
  if (self->level < 1 || self->level > 4)
    return refuse ("level", "level-unknown", error);
  /* Limits have their own, several to a code. */
  if (self->level != least->level
      && sm_fault_code_find (self->code)->origin == SM_FAULT_OF_LIMIT)
    return refuse ("level", "level-of-limit", error);
  return TRUE;
}

static gboolean
check_commands (const SmFaultGuide  *self,
                GError             **error)
{
  /* What is stopped is safe: that it may be is promised to whoever stands there. */
  if ((self->forbids & (1u << SM_COMMAND_KIND_STOP)) != 0)
    return refuse ("forbids", "stop-always", error);
  if (self->command != SM_ENUM_UNKNOWN
      && (self->command >= SM_N_COMMAND_KINDS || (self->forbids & (1u << self->command)) != 0))
    return refuse ("command", "command-forbidden", error);
  return TRUE;
}

/**
 * sm_fault_guide_check:
 *
 * Returns: FALSE with what cannot be: of a safety code nothing can be edited away
 */
gboolean
sm_fault_guide_check (const SmFaultGuide  *self,
                      GError             **error)
{
  g_autoptr (SmFaultGuide) least = sm_fault_guide_new (self->code);

  if (least == NULL)
    return refuse ("code", "unknown-code", error);
  if (!is_text (self->consequence_text) || !is_text (self->consequence_zh))
    return refuse ("consequence", "invalid", error);
  if (!check_lines (self->causes, "causes", error) || !check_lines (self->steps, "steps", error))
    return FALSE;
  if (self->respond_s < 1 || self->respond_s > SM_GUIDE_MAX_RESPOND_S)
    return refuse ("respond_s", "out-of-range", error);
  if (!check_level (self, least, error) || !check_commands (self, error))
    return FALSE;
  return !self->is_safety || check_safety (self, least, error);
}

/* --- words --- */

static const char *
find_word (const SmGuideWord *words,
           const char        *id)
{
  for (; words->id != NULL; words++)
    if (strcmp (words->id, id) == 0)
      return words->word;
  return NULL;
}

/** sm_guide_english: @out_context: (optional). Returns: (transfer none) (nullable): untranslated */
const char *
sm_guide_english (const char  *id,
                  const char **out_context)
{
  const char *context = "next step";
  const char *word = sm_fault_code_step_english (id);

  if (word == NULL && (word = find_word (sm_guide_steps, id)) != NULL)
    context = "step";
  if (word == NULL && (word = find_word (sm_guide_causes, id)) != NULL)
    context = "cause";
  if (word == NULL && (word = find_word (sm_guide_consequences, id)) != NULL)
    context = "consequence";
  if (out_context != NULL)
    *out_context = context;
  return word;
}

static const char *
word_of (const char *id)
{
  const char *context;
  const char *word = sm_guide_english (id, &context);

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, word) : id;
}

/* What a person wrote goes before our own words, in whatever language it is; what
 * is written in Chinese alone, only where we have none either. */
static const char *
pick_text (const char *id,
           const char *text,
           const char *text_zh)
{
  if (text_zh != NULL
      && (strcmp (sm_i18n_language (), "zh-CN") == 0
          || (text == NULL && sm_guide_english (id, NULL) == NULL)))
    return text_zh;
  return text != NULL ? text : word_of (id);
}

/** sm_guide_line_get_text: Returns: (transfer none): what a person wrote, else ours translated */
const char *
sm_guide_line_get_text (const SmGuideLine *self)
{
  return pick_text (self->id, self->text, self->text_zh);
}

/* --- the steps of one alarm --- */

SmGuideStep *
sm_guide_step_new (const char *id,
                   const char *text)
{
  SmGuideStep *self = g_new0 (SmGuideStep, 1);

  self->id = g_strdup (id);
  self->text = g_strdup (text);
  return self;
}

void
sm_guide_step_free (SmGuideStep *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self->text_zh);
  g_free (self->note);
  g_free (self->person);
  g_free (self);
}

/** sm_guide_step_get_text: Returns: (transfer none): what a person wrote, else ours translated */
const char *
sm_guide_step_get_text (const SmGuideStep *self)
{
  return pick_text (self->id, self->text, self->text_zh);
}

/** sm_guide_steps_new: Returns: (transfer full): none yet, of SmGuideStep */
GPtrArray *
sm_guide_steps_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_step_free);
}

/** sm_fault_guide_get_consequence: Returns: (transfer none): in the interface's language */
const char *
sm_fault_guide_get_consequence (const SmFaultGuide *self)
{
  return pick_text (self->consequence, self->consequence_text, self->consequence_zh);
}

/** sm_command_condition: Returns: (transfer none): when a command of that kind may be tried */
const char *
sm_command_condition (guint kind)
{
  switch (kind)
    {
    case SM_COMMAND_KIND_RESET:
      return C_ ("command condition", "only while nothing is charged or moved there");
    case SM_COMMAND_KIND_UNLOCK:
      return C_ ("command condition", "only while no current flows");
    case SM_COMMAND_KIND_CHANGE_AVAILABILITY:
      return C_ ("command condition", "into operation only while no fault forbids it");
    case SM_COMMAND_KIND_LANE_RESET:
      return C_ ("command condition",
                 "only while nobody, and no vehicle without a pack, is in the lane");
    default:
      return C_ ("command condition", "at any time");
    }
}
