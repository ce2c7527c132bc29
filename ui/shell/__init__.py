"""The shell: the window around the pages, with its menus, actions, search, tour and status line."""
