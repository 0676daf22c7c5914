"""The one composer: Markdown typed as text, shown live, saved as it is typed."""
