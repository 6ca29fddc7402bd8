"""A small WebKitGTK browser for the tests.

MiniBrowser loses its data when automation ends. This browser keeps its storage in the given directory, so that a
test can close the browser and open it again. Otherwise it uses the defaults of WebKitGTK: the back/forward cache is on.

Arguments: the storage directory, and the width and height of the page in CSS pixels.
"""

import os
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

folder, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

manager = WebKit2.WebsiteDataManager(
    base_data_directory=os.path.join(folder, "data"),
    base_cache_directory=os.path.join(folder, "cache"),
)
context = WebKit2.WebContext(website_data_manager=manager)
context.set_automation_allowed(True)
context.set_cache_model(WebKit2.CacheModel.WEB_BROWSER)

# Without animations, the elements that the tests click on do not move.
Gtk.Settings.get_default().props.gtk_enable_animations = False
window = Gtk.Window()
window.set_default_size(width, height)
window.connect("destroy", Gtk.main_quit)
# Only the front tab is visible; the pages behind it are hidden, as in any browser.
tabs = Gtk.Notebook(show_tabs=False, show_border=False)
window.add(tabs)


def close_tab(view):
    tabs.remove_page(tabs.page_num(view))
    view.destroy()
    if tabs.get_n_pages() == 0:
        window.destroy()


def choose_download(download, suggested_name):
    os.makedirs(os.path.join(folder, "downloads"), exist_ok=True)
    path = os.path.join(folder, "downloads", os.path.basename(suggested_name))
    download.set_allow_overwrite(True)
    download.set_destination("file://" + path)
    return True


def new_tab(_session):
    content = WebKit2.UserContentManager()
    content.register_script_message_handler("front")
    view = WebKit2.WebView(web_context=context, user_content_manager=content, is_controlled_by_automation=True)
    content.connect("script-message-received::front", lambda *_: tabs.set_current_page(tabs.page_num(view)))
    view.get_settings().set_enable_page_cache(True)
    view.get_settings().set_enable_write_console_messages_to_stdout(True)
    view.connect("close", close_tab)
    view.show()
    tabs.append_page(view, None)
    return view


def automate(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("engines")
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), 0)
    session.set_application_info(info)
    session.connect("create-web-view", new_tab)


context.connect("automation-started", automate)
context.connect("download-started", lambda _c, download: download.connect("decide-destination", choose_download))
window.show_all()
Gtk.main()
