"""What has been learnt from reports that people read with care: where a position stands, and whose.

An encoder that others trained on much text says what each word piece means where it stands. Changes
of its weights and a few maps, learnt from this project's own reports, say which words carry a
position, of which kind, and which mention means the party that holds it. The rules know more about
a clause; ``weigh`` brings both together.
"""
