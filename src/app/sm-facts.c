/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-facts.h"

#include "sm-loop-watch.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-zip-writer.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_OFFENDERS 8

static void
fact_free (gpointer data)
{
  SmFact *fact = data;

  g_free (fact->title);
  g_free (fact->value);
  g_free (fact);
}

/* @value: (transfer full) (nullable): NULL: not known */
static void
take (GPtrArray  *facts,
      const char *group,
      const char *title,
      char       *value)
{
  SmFact *fact = g_new (SmFact, 1);

  *fact = (SmFact){ group, g_strdup (title), value != NULL ? value : g_strdup (_("Not known yet")) };
  g_ptr_array_add (facts, fact);
}

static void
add_versions (GPtrArray *facts)
{
  const char *group = _("Versions");

  take (facts, group, "Stationmaster", g_strdup (SM_VERSION));
  take (facts, group, "GTK",
        g_strdup_printf ("%u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (),
                         gtk_get_micro_version ()));
  take (facts, group, "libadwaita",
        g_strdup_printf ("%u.%u.%u", adw_get_major_version (), adw_get_minor_version (),
                         adw_get_micro_version ()));
  take (facts, group, "GLib",
        g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version));
}

static void
add_service (GPtrArray         *facts,
             const SmDiagnosis *diagnosis)
{
  const char *group = _("Service");

  take (facts, group, _("Address"), g_strdup (diagnosis->server));
  take (facts, group, _("Version"), g_strdup (diagnosis->service_version));
  take (facts, group, _("Network"), g_strdup (diagnosis->network));
  /* Translators: what tells one life of a network's database from another */
  take (facts, group, _("Epoch"), g_strdup (diagnosis->epoch));
}

static const char *
name_channel (const char *name)
{
  static const struct
  {
    const char *name, *words;
  } names[] = {
    { "changes", N_ ("Records and alarms") }, { "vehicles", N_ ("Vehicles, live") },
    { "stations", N_ ("Stations, live") },    { "piles", N_ ("Piles, live") },
    { "connectors", N_ ("Connectors, live") }, { "lanes", N_ ("Lanes, live") },
    { "bays", N_ ("Bays, live") },            { "batteries", N_ ("Batteries, live") },
    { "equipment", N_ ("Equipment, live") },  { "engineers", N_ ("Engineers, live") },
    { "acts", N_ ("What you do") },           { "figures", N_ ("Figures of today") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, name))
      return _(names[i].words);
  return name;
}

static char *
age_since (gint64 at)
{
  return sm_time_age (MAX (g_get_monotonic_time () - at, 0));
}

/* When it was good last, and what went wrong last, in words. */
static char *
describe_channel (const SmChannelState *channel)
{
  g_autofree char *good = channel->good_at > 0 ? age_since (channel->good_at) : NULL;
  g_autofree char *bad = channel->problem != NULL ? age_since (channel->problem_at) : NULL;
  g_autofree char *when = NULL;
  g_autofree char *trouble = NULL;

  if (channel->good_at < 0 && channel->problem == NULL)
    return g_strdup (_("Not asked for yet, or this service does not have it"));
  /* Nothing needs to be sent while nobody does anything. */
  if (channel->good_at == 0 && channel->problem == NULL)
    return g_strdup (_("No trouble in this run"));
  /* Translators: %s is an age, as "3 s" */
  when = good != NULL ? g_strdup_printf (_("Last success %s ago"), good)
                      : g_strdup (_("No success in this run"));
  if (channel->problem == NULL)
    trouble = g_strdup (_("no trouble in this run"));
  else
    /* Translators: the first %s is an age, the second a sentence about what went wrong */
    trouble = g_strdup_printf (_("last trouble %s ago: %s"), bad, sm_slug_what (channel->problem));
  /* Translators: when it was good last; what went wrong last */
  return g_strdup_printf (_("%s; %s"), when, trouble);
}

static char *
format_range (const SmDiagnosis *diagnosis)
{
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (diagnosis->history_from == SM_UNKNOWN)
    return g_strdup (_("No orders are kept here"));
  from = g_date_time_new_from_unix_utc (diagnosis->history_from / SM_SECOND);
  to = g_date_time_new_from_unix_utc (diagnosis->history_to / SM_SECOND);
  first = g_date_time_format (from, "%F %H:%M");
  last = g_date_time_format (to, "%F %H:%M");
  return g_strdup_printf ("%s – %s UTC", first, last);
}

static void
add_data (GPtrArray         *facts,
          const SmDiagnosis *diagnosis)
{
  const char *group = _("Data on this computer");

  take (facts, group, _("Copy of the network"), g_format_size ((guint64) diagnosis->cache_bytes));
  take (facts, group, _("Orders that are kept, by their ends"), format_range (diagnosis));
  take (facts, group, _("Acts that wait to be sent"),
        g_strdup_printf ("%u", diagnosis->acts_waiting));
  take (facts, group, _("Acts in conflict"), g_strdup_printf ("%u", diagnosis->acts_conflicting));
  take (facts, group, _("Acts for other networks or persons"),
        g_strdup_printf ("%u", diagnosis->acts_elsewhere));
}

/* Of /proc/self/status: "VmRSS:    12345 kB". */
static char *
read_memory (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return NULL;
  line = strstr (status, name);
  return line != NULL ? g_format_size (g_ascii_strtoull (line + strlen (name), NULL, 10) * 1024)
                      : NULL;
}

static void
add_program (GPtrArray *facts)
{
  const char *group = _("This program");
  SmLoopWatch watch = sm_loop_watch_get ();
  guint n;
  const SmLoopOffender *offenders = sm_loop_watch_get_offenders (&n);

  take (facts, group, _("Memory"), read_memory ("\nVmRSS:"));
  take (facts, group, _("Most memory so far"), read_memory ("\nVmHWM:"));
  /* Translators: a part of the main loop's work; milliseconds, and the name of the code */
  take (facts, group, _("Longest that anything kept the window waiting"),
        g_strdup_printf (_("%.1f ms (%s)"), watch.longest_us / 1000.0, watch.longest));
  take (facts, group, _("Longest frame"),
        g_strdup_printf (_("%.1f ms"), watch.longest_frame_us / 1000.0));
  /* Translators: of the main loop's callbacks; a limit in ms, how many were over it, of how many */
  take (facts, group, _("Longer than they should be"),
        g_strdup_printf (_("over %d ms: %u of %u"),
                         SM_LOOP_WATCH_LIMIT_US / 1000, (guint) watch.over_limit,
                         (guint) watch.callbacks));
  for (guint i = 0; i < MIN (n, MOST_OFFENDERS); i++)
    take (facts, group, offenders[i].name,
          /* Translators: how often, and the longest in ms */
          g_strdup_printf (_("%u times, up to %.1f ms"), (guint) offenders[i].times,
                           offenders[i].longest_us / 1000.0));
}

/** sm_facts_collect: Returns: (transfer full): of SmFact; @diagnosis: (nullable): no service yet */
GPtrArray *
sm_facts_collect (const SmDiagnosis *diagnosis)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (fact_free);

  /* First why somebody opens it: what does not get through, and to whom. */
  if (diagnosis != NULL)
    {
      for (guint i = 0; i < diagnosis->channels->len; i++)
        {
          const SmChannelState *channel
              = &g_array_index (diagnosis->channels, SmChannelState, i);

          take (facts, _("Connection"), name_channel (channel->name), describe_channel (channel));
        }
      add_service (facts, diagnosis);
      add_data (facts, diagnosis);
    }
  add_program (facts);
  add_versions (facts);
  return facts;
}

/** sm_facts_to_text: Returns: (transfer full): a line for each, under the names of their groups */
char *
sm_facts_to_text (GPtrArray *facts)
{
  GString *text = g_string_new (NULL);
  const char *group = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      const SmFact *fact = facts->pdata[i];

      if (g_strcmp0 (group, fact->group) != 0)
        g_string_append_printf (text, "%s%s\n", i > 0 ? "\n" : "", fact->group);
      group = fact->group;
      g_string_append_printf (text, "  %s: %s\n", fact->title, fact->value);
    }
  return g_string_free (text, FALSE);
}

/**
 * sm_facts_settings:
 *
 * Only settings that are known to be harmless: what people wrote themselves, as
 * searches and names, is not anybody else's business.
 *
 * Returns: (transfer full): a line for each
 */
char *
sm_facts_settings (GSettings *settings)
{
  static const char *const harmless[] = {
    "server-url",   "keep-sign-in",  "page",          "wall-distance",    "show-sections",
    "color-scheme", "window-width",  "window-height", "window-maximized", "window-fullscreen",
    "map-view",     "tile-template", "tile-datum",    "show-borders",
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; settings != NULL && i < G_N_ELEMENTS (harmless); i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, harmless[i]);
      g_autofree char *printed = g_variant_print (value, FALSE);

      g_string_append_printf (text, "%s = %s\n", harmless[i], printed);
    }
  return g_string_free (text, FALSE);
}

static gboolean
add_member (SmZipWriter  *zip,
            const char   *name,
            const char   *text,
            GError      **error)
{
  g_autofree char *clean = sm_scrub (text);

  return sm_zip_writer_begin (zip, name, error)
         && sm_zip_writer_write (zip, clean, strlen (clean), error)
         && sm_zip_writer_end (zip, error);
}

/** sm_facts_write: A ZIP of the three texts, without what could be a secret; may take its time. */
gboolean
sm_facts_write (GFile       *file,
                const char  *diagnostics,
                const char  *settings,
                const char  *log,
                GError     **error)
{
  g_autoptr (GFileOutputStream) stream
      = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  g_autoptr (SmZipWriter) zip = NULL;

  if (stream == NULL)
    return FALSE;
  zip = sm_zip_writer_new (G_OUTPUT_STREAM (stream));
  return add_member (zip, "diagnostics.txt", diagnostics, error)
         && add_member (zip, "settings.txt", settings, error)
         && add_member (zip, "log.txt", log, error) && sm_zip_writer_finish (zip, error)
         && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}
