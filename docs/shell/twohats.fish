complete --keep-order --exclusive --command twohats --arguments "(TWOHATS_COMPLETE=fish twohats -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
