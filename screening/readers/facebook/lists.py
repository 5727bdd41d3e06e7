"""The lists of a Facebook download by root key, by file name, and the folders they lie in."""

from __future__ import annotations

# Root key -> which list it is.
KEYS = {
    "status_updates": "post", "status_updates_v2": "post", "archive_v2": "post", "trash_v2": "post",
    "archived_stories_v2": "post", "lasso_videos_v2": "post", "check_ins_v2": "post", "other_walls": "post",
    "anonymous_author_posts": "post", "app_posts_v2": "app_post", "app_posts": "app_post",
    "notes_v2": "note", "notes": "note", "your_events_v2": "own_event", "your_events": "own_event",
    "group_posts_v2": "group_post", "pending_posts_v2": "group_post",
    "group_posts": "group_post",
    "other_photos_v2": "media", "videos_v2": "media", "other_photos": "media", "videos": "media",
    "live_videos_v2": "media", "live_videos": "media",
    "comments_v2": "comment", "comments": "comment", "group_comments_v2": "comment", "group_comments": "comment",
    "reactions_v2": "reaction", "reactions": "reaction", "stories_feedback_v2": "reaction",
    "recommended_pages_v2": "recommended", "recommended_pages": "recommended", "recent_follows": "recent_follow",
    "page_likes_v2": "page_like", "page_likes": "page_like", "pages_followed_v2": "page_follow",
    "pages_followed": "page_follow", "following": "follow", "following_v2": "follow",
    "following_v3": "follow", "groups_joined_v2": "join", "groups_joined": "join",
    "groups_admined_v2": "admin", "groups_admined": "admin",
    "event_responses_v2": "events", "event_responses": "events",
}  # fmt: skip

# File name of a bare list -> the root key it would have had.
FILES = {
    "your_posts": "status_updates_v2",
    "your_posts__check_ins__photos_and_videos": "status_updates_v2",
    "group_posts_and_comments": "group_posts_v2",
    "your_pending_posts_in_groups": "pending_posts_v2",
    "your_uncategorized_photos": "other_photos_v2",
    "your_videos": "videos_v2",
    "comments": "comments_v2",
    "your_comments_in_groups": "group_comments_v2",
    "likes_and_reactions": "reactions_v2",
    "posts_and_comments": "reactions_v2",
    "story_reactions": "stories_feedback_v2",
    "pages_you_ve_liked": "page_likes_v2",
    "pages_and_profiles_you_follow": "pages_followed_v2",
    "pages_you_follow": "pages_followed_v2",
    "who_you_ve_followed": "following_v3",
    "who_you_follow": "following_v3",
    "your_group_membership_activity": "groups_joined_v2",
    "your_groups": "groups_admined_v2",
    "your_event_responses": "event_responses_v2",
    "your_events": "your_events_v2",
    "notes": "notes_v2",
    "archive": "archive_v2",
    "trash": "trash_v2",
    "check-ins": "check_ins_v2",
    "check_ins": "check_ins_v2",
    "archived_stories": "archived_stories_v2",
    "your_reels": "lasso_videos_v2",
    "posts_on_other_pages_and_profiles": "other_walls",
    "posts_from_apps_and_websites": "app_posts_v2",
    "pages_and_profiles_you_ve_recommended": "recommended_pages_v2",
    "pages_you_ve_recommended": "recommended_pages_v2",
    "your_recently_followed_history": "recent_follows",
}

# File names that are plain words: only inside of a section of a download.
PLAIN = ("archive", "trash", "notes", "check-ins", "check_ins")  # fmt: skip

SECTIONS = ("your_facebook_activity", "your_activity_across_facebook", "personal_information", "profile_information",
            "posts", "comments_and_reactions", "groups", "pages", "friends_and_followers", "following_and_followers",
            "connections", "likes_and_reactions", "events", "other_activity", "comments", "stories", "search",
            "about_you", "notes", "reels", "short_videos", "logged_information",
            "apps_and_websites", "apps_and_websites_off_of_facebook")  # fmt: skip
