"""The lists of a Facebook download by root key, by file name, and the folders they lie in."""

from __future__ import annotations

# Root key -> which list it is.
KEYS = {
    "status_updates": "post", "status_updates_v2": "post",
    "group_posts_v2": "group_post", "pending_posts_v2": "group_post",
    "group_posts": "group_post",
    "other_photos_v2": "media", "videos_v2": "media", "other_photos": "media", "videos": "media",
    "comments_v2": "comment", "comments": "comment", "group_comments_v2": "comment", "group_comments": "comment",
    "reactions_v2": "reaction", "reactions": "reaction", "stories_feedback_v2": "reaction",
    "page_likes_v2": "page_like", "page_likes": "page_like", "pages_followed_v2": "page_follow",
    "pages_followed": "page_follow", "following": "follow", "following_v2": "follow",
    "following_v3": "follow", "groups_joined_v2": "join", "groups_joined": "join",
    "groups_admined_v2": "admin", "groups_admined": "admin",
    "event_responses_v2": "events", "event_responses": "events",
}  # fmt: skip

# File name of a bare list -> the root key it would have had.
FILES = {
    "your_posts": "status_updates_v2", "your_posts__check_ins__photos_and_videos": "status_updates_v2",
    "group_posts_and_comments": "group_posts_v2", "your_pending_posts_in_groups": "pending_posts_v2",
    "your_uncategorized_photos": "other_photos_v2", "your_videos": "videos_v2",
    "comments": "comments_v2", "your_comments_in_groups": "group_comments_v2",
    "likes_and_reactions": "reactions_v2", "posts_and_comments": "reactions_v2", "story_reactions": "stories_feedback_v2",
    "pages_you_ve_liked": "page_likes_v2", "pages_and_profiles_you_follow": "pages_followed_v2",
    "pages_you_follow": "pages_followed_v2", "who_you_ve_followed": "following_v3", "who_you_follow": "following_v3",
    "your_group_membership_activity": "groups_joined_v2", "your_groups": "groups_admined_v2",
    "your_event_responses": "event_responses_v2",
}  # fmt: skip

SECTIONS = ("your_facebook_activity", "your_activity_across_facebook", "personal_information", "profile_information",
            "posts", "comments_and_reactions", "groups", "pages", "friends_and_followers", "following_and_followers",
            "connections", "likes_and_reactions", "events", "other_activity", "comments", "stories", "search",
            "about_you", "apps_and_websites_off_of_facebook")  # fmt: skip
