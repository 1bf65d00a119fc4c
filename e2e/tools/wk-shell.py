#!/usr/bin/python3
"""A WebKitGTK window for WebDriver that keeps what a page stores and saves.

The one Python file here, for want of another way: WebKitGTK's own test browser (MiniBrowser --automation) always opens
a private window, whose site data a reload loses, and asks where downloads go. A window of our own is a GTK program, and
Debian brings GTK's bindings for Python only. Started by WebKitWebDriver (e2e/browsers/webkit-driver.ts); whatever the
page's console says goes to standard output, where the driver reads it.
"""
import argparse
import pathlib

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 (the versions must be chosen first)

parser = argparse.ArgumentParser()
parser.add_argument("--profile", type=pathlib.Path, required=True, help="folder for site data and caches")
parser.add_argument("--downloads", type=pathlib.Path, required=True, help="folder for what the page saves")
parser.add_argument("--eye", type=pathlib.Path, required=True, help="script that goes before those of each page")
options = parser.parse_args()

manager = WebKit2.WebsiteDataManager(
    base_data_directory=str(options.profile / "data"), base_cache_directory=str(options.profile / "cache")
)
context = WebKit2.WebContext.new_with_website_data_manager(manager)
context.set_automation_allowed(True)


def create_web_view(_session):
    content = WebKit2.UserContentManager()
    content.add_script(
        WebKit2.UserScript.new(
            options.eye.read_text(),
            WebKit2.UserContentInjectedFrames.TOP_FRAME,
            WebKit2.UserScriptInjectionTime.START,
            None,
            None,
        )
    )
    view = WebKit2.WebView(web_context=context, user_content_manager=content, is_controlled_by_automation=True)
    settings = view.get_settings()
    settings.set_enable_write_console_messages_to_stdout(True)
    settings.set_enable_fullscreen(True)
    window = Gtk.Window()
    window.set_default_size(1440, 900)
    window.add(view)
    window.show_all()
    view.connect("close", lambda _view: window.destroy())
    return view


def save(_context, download):
    def decide(download, suggested):
        download.set_destination((options.downloads / pathlib.PurePath(suggested).name).as_uri())
        return True

    download.connect("decide-destination", decide)


def start(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("Facebound's test window")
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(info)
    session.connect("create-web-view", create_web_view)


context.connect("download-started", save)
context.connect("automation-started", start)
Gtk.main()
