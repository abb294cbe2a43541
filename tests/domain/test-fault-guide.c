/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"
#include "sm-fault-guide.h"

#include <locale.h>

/* Whoever sees an alarm is told what follows, what it comes from and what to do. */
static void
test_every_code_has_a_guide (void)
{
  guint n;
  const SmFaultCode *codes = sm_fault_code_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmFaultGuide) guide = sm_fault_guide_new (codes[i].code);
      g_autoptr (GError) error = NULL;
      double sum = 0;

      g_assert_nonnull (guide);
      g_assert_true (sm_fault_guide_check (guide, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (sm_fault_guide_get_consequence (guide), !=, guide->consequence);
      for (guint k = 0; k < guide->causes->len; k++)
        sum += ((SmGuideLine *) guide->causes->pdata[k])->weight;
      g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
      g_assert_nonnull (sm_fault_guide_find_step (guide, codes[i].next_step));
      g_assert_cmpint (guide->respond_s, <=, codes[i].level == 1 ? 60 : 86400);
    }
}

/* No remote command but to stop goes to what burns or can kill. */
static void
test_dangers_forbid (void)
{
  static const char *const burning[] = { "battery-thermal-event", "battery-smoke", "station-fire",
                                         "battery-over-temperature", "vehicle-insulation" };
  guint n;
  const SmFaultCode *codes = sm_fault_code_list (&n);

  for (guint i = 0; i < G_N_ELEMENTS (burning); i++)
    {
      g_autoptr (SmFaultGuide) guide = sm_fault_guide_new (burning[i]);

      for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
        g_assert_cmpint ((guide->forbids >> kind) & 1, ==, kind != SM_COMMAND_KIND_STOP);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmFaultGuide) guide = sm_fault_guide_new (codes[i].code);

      g_assert_cmpuint (guide->forbids & (1 << SM_COMMAND_KIND_STOP), ==, 0);
      if (codes[i].is_safety)
        g_assert_cmpuint (guide->forbids & (1 << SM_COMMAND_KIND_RESET), !=, 0);
    }
}

static void
assert_refused (const SmFaultGuide *guide,
                const char         *slug)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sm_fault_guide_check (guide, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, slug));
}

/* More can be said of a danger; nothing can be left out, put off or allowed. */
static void
test_safety_stays (void)
{
  g_autoptr (SmFaultGuide) guide = sm_fault_guide_new ("station-smoke");
  g_autoptr (GError) error = NULL;
  SmGuideLine *first;

  g_ptr_array_insert (guide->steps, 1, sm_guide_line_new ("our-own", "Ring the bell", 0));
  g_assert_true (sm_fault_guide_check (guide, &error));
  first = guide->steps->pdata[0];
  first->text = g_strdup ("Do nothing");
  assert_refused (guide, "danger-kept");
  g_clear_pointer (&first->text, g_free);
  guide->respond_s = 3600;
  assert_refused (guide, "danger-kept");
  guide->respond_s = 30;
  guide->command = SM_COMMAND_KIND_RESET;
  assert_refused (guide, "command-forbidden");
  guide->command = SM_COMMAND_KIND_STOP;
  assert_refused (guide, "danger-kept");
  guide->command = SM_ENUM_UNKNOWN;
  g_ptr_array_remove_index (guide->steps, 0);
  assert_refused (guide, "danger-kept");
}

/* A danger stays of the level it comes with, and forbids what it comes with; more is
 * taken.  It is a danger because the catalogue says so, whatever stands in a guide. */
static void
test_danger_is_not_made_less (void)
{
  guint n;
  const SmFaultCode *codes = sm_fault_code_list (&n);

  for (guint i = 0; i < n; i++)
    for (int level = 0; level <= 5; level++)
      {
        g_autoptr (SmFaultGuide) guide = sm_fault_guide_new (codes[i].code);
        gboolean is_sound = level >= 1 && level <= 4
                            && (level == codes[i].level || codes[i].origin != SM_FAULT_OF_LIMIT)
                            && !(codes[i].is_safety && level > codes[i].level);

        guide->level = level;
        g_assert_cmpint (sm_fault_guide_check (guide, NULL), ==, is_sound);
      }
  for (guint i = 0; i < n; i++)
    for (guint forbids = 0; forbids < 1u << SM_N_COMMAND_KINDS; forbids++)
      {
        g_autoptr (SmFaultGuide) guide = sm_fault_guide_new (codes[i].code);
        gboolean is_sound = (forbids & 1u << SM_COMMAND_KIND_STOP) == 0
                            && !(codes[i].is_safety && (guide->forbids & ~forbids) != 0)
                            && (guide->command == SM_ENUM_UNKNOWN
                                || (forbids & 1u << guide->command) == 0);

        guide->forbids = forbids;
        g_assert_cmpint (sm_fault_guide_check (guide, NULL), ==, is_sound);
      }
}

static void
test_nonsense_is_refused (void)
{
  g_autoptr (SmFaultGuide) guide = sm_fault_guide_new ("pile-fault");
  SmGuideLine *line = guide->steps->pdata[0];

  g_ptr_array_add (guide->steps, sm_guide_line_new (line->id, NULL, 0));
  assert_refused (guide, "duplicate");
  g_ptr_array_set_size (guide->steps, 0);
  assert_refused (guide, "required");
  g_ptr_array_add (guide->steps, sm_guide_line_new ("not-ours-and-no-text", NULL, 0));
  assert_refused (guide, "invalid");
  g_ptr_array_set_size (guide->steps, 0);
  g_ptr_array_add (guide->steps, sm_guide_line_new ("<b>", "markup", 0));
  assert_refused (guide, "invalid");
  g_ptr_array_set_size (guide->steps, 0);
  g_ptr_array_add (guide->steps, sm_guide_line_new ("own", "<b>as it stands</b>", 0));
  g_assert_true (sm_fault_guide_check (guide, NULL));
  guide->respond_s = 0;
  assert_refused (guide, "out-of-range");
  guide->respond_s = 60;
  guide->level = 7;
  assert_refused (guide, "level-unknown");
  guide->level = 3;
  guide->forbids = 1 << SM_COMMAND_KIND_STOP;
  assert_refused (guide, "stop-always");
}

/* What is written in Chinese alone is better than an id, and no better than our own words. */
static void
test_both_languages (void)
{
  g_autoptr (SmFaultGuide) guide = sm_fault_guide_new ("pile-fault");
  const char *ours = sm_fault_guide_get_consequence (guide);
  SmGuideLine *line = sm_guide_line_new ("ring-zhang", NULL, 0);

  guide->consequence_zh = g_strdup ("充电桩停用");
  line->text_zh = g_strdup ("致电张工");
  g_ptr_array_insert (guide->steps, 0, line);
  g_assert_true (sm_fault_guide_check (guide, NULL));
  g_assert_cmpstr (sm_fault_guide_get_consequence (guide), ==, ours);
  g_assert_cmpstr (sm_guide_line_get_text (line), ==, "致电张工");
  line->text = g_strdup ("Ring Zhang");
  g_assert_cmpstr (sm_guide_line_get_text (line), ==, "Ring Zhang");
}

/* Two that we do not know are two alarms, and have the guide of what we do not know. */
static void
test_unknown_codes (void)
{
  const SmFaultCode *code = sm_fault_code_find ("unknown-pile:e-1234");
  g_autoptr (SmFaultGuide) guide = sm_fault_guide_new ("unknown-pile:e-1234");

  g_assert_true (code == sm_fault_code_find ("unknown-pile"));
  g_assert_cmpint (code->level, ==, 3);
  g_assert_cmpstr (guide->code, ==, "unknown-pile:e-1234");
  g_assert_null (sm_fault_code_find ("unknown-unicorn:1"));
  g_assert_null (sm_fault_code_find ("pile-fault:1"));
  g_assert_null (sm_fault_guide_new ("no-such-code"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/fault-guide/every-code-has-one", test_every_code_has_a_guide);
  g_test_add_func ("/domain/fault-guide/dangers-forbid", test_dangers_forbid);
  g_test_add_func ("/domain/fault-guide/safety-stays", test_safety_stays);
  g_test_add_func ("/domain/fault-guide/nonsense-is-refused", test_nonsense_is_refused);
  g_test_add_func ("/domain/fault-guide/danger-is-not-made-less", test_danger_is_not_made_less);
  g_test_add_func ("/domain/fault-guide/both-languages", test_both_languages);
  g_test_add_func ("/domain/fault-guide/unknown-codes", test_unknown_codes);
  return g_test_run ();
}
