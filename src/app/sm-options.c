/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-options.h"

#include "sm-link.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define LARGEST_PASSWORD_FILE 4096

/**
 * sm_size_parse:
 * @text: as 1920x1080
 *
 * Returns: FALSE when that is no size a picture can have
 */
gboolean
sm_size_parse (const char *text,
               int        *out_width,
               int        *out_height)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", 0);
  guint64 width, height;

  if (g_strv_length (parts) != 2
      || !g_ascii_string_to_unsigned (parts[0], 10, 64, 16384, &width, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 10, 64, 16384, &height, NULL))
    return FALSE;
  *out_width = (int) width;
  *out_height = (int) height;
  return TRUE;
}

static gboolean
read_password (const char  *path,
               char       **out_password,
               GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (length > LARGEST_PASSWORD_FILE || !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("%s holds no password: one line of text is expected"), path);
      return FALSE;
    }
  text[strcspn (text, "\r\n")] = '\0';
  *out_password = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
check (SmOptions   *self,
       const char  *size,
       const char  *password_file,
       GError     **error)
{
  g_autoptr (SmLink) link = self->link != NULL ? sm_link_parse (self->link) : NULL;

  if (password_file != NULL && !read_password (password_file, &self->password, error))
    return FALSE;
  if (!(self->distance_m >= 0 && self->distance_m <= 100)
      || !(self->monitor_mm >= 0 && self->monitor_mm <= 100000))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("A wall is looked at from up to 100 metres, on a monitor of up to 100000 mm"));
      return FALSE;
    }
  self->width = 1920;
  self->height = 1080;
  if (size != NULL && !sm_size_parse (size, &self->width, &self->height))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is no size: write it as 1920x1080"), size);
      return FALSE;
    }
  if (self->link != NULL && link == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is no link: write it as stationmaster:station/SN"), self->link);
      return FALSE;
    }
  return TRUE;
}

/**
 * sm_options_parse:
 * @self: cleared by the caller in the end, also on failure
 *
 * Reads the command line; --help ends the program.
 */
gboolean
sm_options_parse (SmOptions   *self,
                  int         *argc,
                  char      ***argv,
                  GError     **error)
{
  g_autofree char *size = NULL;
  g_autofree char *password_file = NULL;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &self->server, N_ ("The service to follow"), "URL" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self->user, N_ ("Who signs in"), N_ ("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      N_ ("A file with the password in its first line"), N_ ("FILE") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_ ("Only believe services whose certificate an authority in this PEM file has signed"),
      N_ ("FILE") },
    { "wall", 0, 0, G_OPTION_ARG_NONE, &self->is_wall,
      N_ ("Full screen for a wall: no chrome, no pointer, no dialogs"), NULL },
    { "distance", 0, 0, G_OPTION_ARG_DOUBLE, &self->distance_m,
      N_ ("How far from the wall people sit: its text becomes as large as that needs"),
      N_ ("METRES") },
    { "monitor-width", 0, 0, G_OPTION_ARG_DOUBLE, &self->monitor_mm,
      N_ ("How wide the monitor's picture is, where it does not say so itself"),
      N_ ("MILLIMETRES") },
    { "report-main-loop", 0, 0, G_OPTION_ARG_NONE, &self->reports_main_loop,
      N_ ("Print at the end how long anything kept the window waiting"), NULL },
    { "page", 0, 0, G_OPTION_ARG_STRING, &self->page, N_ ("The page to open"), N_ ("NAME") },
    { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &self->screenshot,
      N_ ("Write a picture of the window as PNG and end"), N_ ("FILE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, N_ ("The size of the picture"), "1920x1080" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->show_version, N_ ("Print the version and end"),
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &rest, NULL, N_ ("[LINK]") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  gboolean is_good;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _("Control centre for battery-swap and charging networks"));
  g_option_context_set_description (
      context, _("LINK opens one thing: stationmaster:station/SN, stationmaster:alarm/ID or "
                 "stationmaster:vehicle/PLATE"));
  is_good = g_option_context_parse (context, argc, argv, error);
  if (is_good && rest != NULL)
    self->link = g_strdup (rest[0]);
  return is_good && check (self, size, password_file, error);
}

void
sm_options_clear (SmOptions *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->screenshot, g_free);
  g_clear_pointer (&self->link, g_free);
}
