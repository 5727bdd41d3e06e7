"""Vendors' tables by their documented headers; every person and text is invented. Case name -> files."""

from __future__ import annotations

import json

Files = dict[str, bytes]


def _csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def cases() -> dict[str, Files]:
    """Every vendor case by name."""
    return {
        "tweet_harvest_v1": {
            "hasil.csv": _csv(
                "created_at;id_str;full_text;quote_count;reply_count;retweet_count;favorite_count;lang;user_id_str;"
                "conversation_id_str;username;tweet_url\n"
                'Fri May 17 03:00:00 +0000 2024;1790000000000000011;"dia bilang "lanjut" ; ya";0;0;0;1;in;123;'
                "1790000000000000011;asn_0301;https://twitter.com/asn_0301/status/1790000000000000011\n"
                'Sat May 18 03:00:00 +0000 2024;1790000000000000012;"dua\nbaris";0;0;0;1;in;123;1790000000000000012;'
                "asn_0301;https://twitter.com/asn_0301/status/1790000000000000012\n"
            )
        },
        "tweet_harvest_v23": {
            "hasil.csv": _csv(
                '"created_at","id_str","full_text","lang","user_id_str","conversation_id_str","username","tweet_url"\n'
                '"Fri May 17 03:00:00 +0000 2024","1790000000000000021","kata "dia" ayo "," jalan","in","123",'
                '"1790000000000000021","asn_0302","https://twitter.com/asn_0302/status/1790000000000000021"\n'
                '"created_at","id_str","full_text","lang","user_id_str","conversation_id_str","username","tweet_url"\n'
                '"Fri May 17 03:01:00 +0000 2024","1790000000000000022","RT @akun_contoh: Selamat pagi","in","123",'
                '"1790000000000000022","asn_0302","https://twitter.com/asn_0302/status/1790000000000000022"\n'
            )
        },
        "tweet_harvest_v26": {
            "hasil.csv": _csv(
                '"conversation_id_str","created_at","favorite_count","full_text","id_str","image_url",'
                '"in_reply_to_screen_name","lang","location","quote_count","reply_count","retweet_count","tweet_url",'
                '"user_id_str","username"\r\n'
                '"1790000000000000031","Fri May 17 03:00:00 +0000 2024","3","Kata ""dia"" lanjut","1790000000000000032","",'
                '"akun_contoh","in","Jakarta, Indonesia","0","1","2","https://x.com/asn_0303/status/1790000000000000032",'
                '"1234567890123456789","asn_0303"\r\n'
                '"1790000000000000033","Fri May 17 03:02:00 +0000 2024","3","tanpa gambar","1790000000000000033",'
                '"akun_contoh","in","Jakarta","0","1","2","https://x.com/asn_0303/status/1790000000000000033",'
                '"1234567890123456789","asn_0303"\r\n'
                '"rusak","bukan tanggal","3","tak terbaca","x","","","in","","0","1","2","","",""\r\n'
            )
        },
        "tweet_harvest_v27": {
            "hasil.csv": _csv(
                "conversation_id_str,created_at,full_text,id_str,in_reply_to_screen_name,tweet_url,user_id_str,username\r\n"
                '1790000000000000041,2025-12-02T03:00:00.000Z,"baris satu\nbaris dua 👍",1790000000000000041,,'
                "https://x.com/undefined/status/1790000000000000041,987,\r\n"
            )
        },
        "fourcat_tiktok": {
            "tiktok.csv": _csv(
                "collected_from_url,id,thread_id,author,author_full,author_followers,body,timestamp,unix_timestamp,is_duet,"
                "is_ad,music_name,video_url,tiktok_url,likes,comments,shares,plays,hashtags\n"
                'u,7400000000000000011,7400000000000000011,asn_0311,ASN,5,"Joget, ""bareng""",2024-10-10 04:00:00,1728532800,'
                'no,no,m,,https://www.tiktok.com/@asn_0311/video/7400000000000000011,1,0,0,9,"x,y"\n'
            )
        },
        "fourcat_instagram": {
            "instagram.csv": _csv(
                "id,post_source_domain,timestamp,thread_id,parent_id,url,body,author,author_fullname,is_verified,media_type,"
                "num_media,hashtags,usertags,likes_hidden,num_likes,num_comments,location_name,unix_timestamp\n"
                'C1,https://www.instagram.com/,2024-10-10 06:01:00,C1,C1,https://www.instagram.com/p/C1,"satu\ndua",asn_0312,'
                'ASN,False,photo,1,,"rekan_a,rekan_b",no,3,0,,1728532860\n'
            )
        },
        "fourcat_x": {
            "x.csv": _csv(
                "id,thread_id,timestamp,unix_timestamp,link,author,author_fullname,body,is_retweet,retweeted_user,"
                "is_quote_tweet,quoted_user,is_reply,replied_user\n"
                "1,1,2024-10-10 04:00:00,1728532800,https://x.com/asn_0313/status/1,asn_0313,A,asli,no,,no,,no,\n"
                "2,2,2024-10-10 04:01:00,1728532860,https://x.com/asn_0313/status/2,asn_0313,A,RT @akun_contoh: ayo,yes,"
                "akun_contoh,no,,no,\n"
                "3,1,2024-10-10 04:02:00,1728532920,https://x.com/asn_0313/status/3,asn_0313,A,@akun_contoh ya,no,,no,,yes,"
                "akun_contoh\n"
            )
        },
        "fourcat_other": {
            "fb.csv": _csv(
                "id,thread_id,timestamp,author,body,url\n"
                "9,9,2024-10-10 11:00:00,Contoh ASN,Selamat pagi,https://www.facebook.com/c/posts/9\n"
            )
        },
        "twarc_csv": {
            "tweets.csv": _csv(
                "id,conversation_id,referenced_tweets.replied_to.id,referenced_tweets.retweeted.id,"
                "referenced_tweets.quoted.id,author_id,in_reply_to_user_id,in_reply_to_user.username,created_at,text,"
                "author.username\n"
                "11,11,,,,5,,,2024-10-01T01:00:00.000Z,Pagi &amp; semangat,asn_0314\n"
                "12,10,10,,,5,9,akun_contoh,2024-10-01T02:00:00.000Z,@akun_contoh hadir,asn_0314\n"
                "13,13,,8,,5,,,2024-10-01T03:00:00.000Z,RT @akun_contoh: ayo,asn_0314\n"
            )
        },
        "apify_instagram": {
            "dataset.json": json.dumps(
                [
                    {"inputUrl": "u", "id": "31", "type": "Image", "shortCode": "C31", "caption": "Senam pagi", "hashtags": [],
                     "url": "https://www.instagram.com/p/C31/", "timestamp": "2024-10-01T01:00:00.000Z",
                     "ownerUsername": "asn_0321", "alt": "orang senam", "latestComments": [],
                     "taggedUsers": [{"username": "rekan_a"}]},
                    {"inputUrl": "u", "error": "not_found", "errorCode": "404", "shortCode": None, "caption": None,
                     "ownerUsername": None},
                ]
            ).encode()
        },
        "apify_instagram_csv": {
            "dataset.csv": _csv(
                "id,shortCode,caption,url,timestamp,ownerUsername,latestComments/0/text,taggedUsers/0/username\n"
                "31,C31,Senam pagi,https://www.instagram.com/p/C31/,2024-10-01T01:00:00.000Z,asn_0321,halo,rekan_a\n"
            )
        },
        "crowdtangle_facebook": {
            "ct.csv": _csv(
                "Page Name,User Name,Facebook Id,Page Category,Post Created,Post Created Date,Type,Total Interactions,"
                "Message,URL,Link,Final Link,Image Text,Link Text,Description\n"
                'Halaman Contoh,halaman.contoh,1,X,2021-05-01 12:00:00 EDT,2021-05-01,Photo,"1,234",Selamat pagi,'
                "https://www.facebook.com/1/posts/2,https://www.facebook.com/p,,teks poster,,\n"
            )
        },
        "crowdtangle_instagram": {
            "ct.csv": _csv(
                "Account,User Name,Followers at Posting,Post Created,Type,Likes,Comments,Views,URL,Link,Photo,Title,"
                "Description,Total Interactions\n"
                'Contoh,asn_0322,10,2021-05-01 12:00:00 EST,Photo,1,2,3,https://www.instagram.com/p/C2/,l,p,,Foto pagi,"1,000"\n'
            )
        },
        "meta_content_library": {
            "mcl.csv": _csv(
                "id,content_type,creation_time,lang,post_owner.id,post_owner.name,post_owner.username,surface.id,"
                "surface.name,surface.type,shared_post_id,text\n"
                "41,facebook,2024-10-01T01:00:00+00:00,id,7,Contoh ASN,asn_0323,7,Contoh ASN,profile,,Pagi\n"
                "42,facebook,2024-10-01T02:00:00+00:00,id,7,Contoh ASN,asn_0323,7,Contoh ASN,profile,40,\n"
            )
        },
        "brandwatch": {
            "bw.csv": _csv(
                "Report:,Contoh\nBrand:,Uji\n\n"
                "Query Id,Query Name,Date,Title,Snippet,Full Text,Url,Domain,Sentiment,Page Type,Thread Entry Type,Author,"
                "Thread Author,X Author ID\n"
                "1,uji,2024-10-01 01:00:00.0,t,s,Setuju sekali,https://x.com/asn_0324/status/5,x.com,negative,twitter,reply,"
                "asn_0324,akun_contoh,99\n"
                "1,uji,2024-10-01 02:00:00.0,t,s,,https://www.instagram.com/p/C3,instagram.com,neutral,instagram,post,"
                "asn_0325,,\n"
            )
        },
        "meltwater": {
            "mw.csv": _csv(
                "Date\tTime\tHeadline\tURL\tOpening Text\tHit Sentence\tSource\tInfluencer\tAuthor Handle\tCountry\tReach\t"
                "Sentiment\tDocument ID\n"
                "01-Oct-2024\t09:15 AM\t\thttps://x.com/asn_0326/status/6\tHalo warga\tHalo\tTwitter\tContoh\t@asn_0326\t"
                "Indonesia\t5\tPositive\td1\n",
                "utf-16",
            )
        },
        "talkwalker": {
            "tw.csv": _csv(
                "published,title,content,url,extra_author_attributes.name,extra_author_attributes.short_name,"
                "extra_source_attributes.name,source_type,engagement,reach,lang\n"
                "02/10/2024 08:00,,Isi kiriman,https://www.tiktok.com/@asn_0327/video/1,Contoh,asn_0327,tiktok.com,"
                "SOCIALMEDIA_TIKTOK,1,2,id\n"
            )
        },
        "determ": {
            "determ.csv": _csv("mention_snippet,date,time,reach,author,url\nKutipan kiriman,2024-10-02,08:00,5,asn_0328,https://x.com/a/status/1\n")
        },
        "fourcat_telegram": {
            "tg.csv": _csv(
                "id,thread_id,search_entity,author,author_username,author_name,body,timestamp,unix_timestamp\n"
                "5,warga,warga_contoh,77,asn_0329,A,Selamat pagi warga,2024-10-10 04:00:00,1728532800\n"
            )
        },
        "fourcat_comments": {
            "kom.csv": _csv(
                "id,thread_id,author,body,timestamp,unix_timestamp,post_id,post_url\n"
                "6,5,asn_0330,setuju,2024-10-10 11:00:00,1728532800,5,https://www.tiktok.com/@c/video/5\n"
            )
        },
        "snscrape_csv": {
            "sn.csv": _csv(
                "url,date,rawContent,id,username,inReplyToTweetId,inReplyToUser.username\n"
                "https://x.com/asn_0331/status/8,2024-10-02 12:30:00+00:00,halo,8,asn_0331,,\n"
                "https://x.com/asn_0331/status/9,2024-10-02 12:31:00+00:00,ya,9,asn_0331,7,akun_contoh\n"
            )
        },
        "zeeschuimer_csv": {
            "zs.csv": _csv(
                "item_id,source_platform,author,body,timestamp,unix_timestamp,url\n"
                "1,tiktok.com,asn_0332,Senam,2024-10-10 04:00:00,1728532800,https://www.tiktok.com/@asn_0332/video/1\n"
            )
        },
        "apify_instagram_comments": {
            "dataset.json": json.dumps(
                [{"id": "51", "postUrl": "https://www.instagram.com/p/C9/", "text": "setuju", "ownerUsername": "asn_0333",
                  "timestamp": "2024-10-01T01:00:00.000Z", "likesCount": 0}]
            ).encode()
        },
        "apify_facebook_comments": {
            "dataset.json": json.dumps([
                {"facebookUrl": "https://www.facebook.com/contoh/posts/77", "commentUrl": "https://www.facebook.com/c?comment_id=5",
                 "id": "c5", "text": "semoga lancar", "profileName": "Warga Contoh", "date": "2024-10-02T01:02:03.000Z",
                 "postTitle": "Kegiatan kelurahan", "likesCount": "2",
                 "replies": [{"id": "c6", "text": "terima kasih", "profileName": "asn_0281", "date": "2024-10-02T01:05:00.000Z"}]},
                {"error": "not_found", "facebookUrl": "x", "commentUrl": "", "text": "", "profileName": "", "date": ""},
            ]).encode(),
        },
        "apify_tiktok_comments": {
            "dataset.jsonl": "\n".join(json.dumps(row) for row in (
                {"cid": "71", "text": "mantap kak", "uniqueId": "asn_0282", "createTimeISO": "2024-10-03T04:05:06.000Z",
                 "videoWebUrl": "https://www.tiktok.com/@akun_contoh/video/7400000000000000071"},
                {"cid": "72", "text": "ikut senang", "uniqueId": "warga_contoh", "createTime": 1727928400,
                 "videoWebUrl": "https://www.tiktok.com/@akun_contoh/video/7400000000000000071"},
            )).encode(),
        },
        "apify_tiktok": {
            "dataset.jsonl": (
                json.dumps({"id": "61", "text": "Senam", "createTimeISO": "2024-10-01T01:00:00.000Z", "authorMeta": {
                    "name": "asn_0334"}, "webVideoUrl": "https://www.tiktok.com/@asn_0334/video/61"}) + "\n"
            ).encode()
        },
        "apify_facebook": {
            "dataset.json": json.dumps(
                [{"postId": "71", "url": "https://www.facebook.com/c/posts/71", "time": "2024-10-01T01:00:00.000Z",
                  "user": {"name": "Contoh ASN"}, "text": "Pagi"},
                 {"postId": "72", "url": "https://www.facebook.com/c/posts/72", "time": "2024-10-01T02:00:00.000Z",
                  "user": {"name": "Contoh ASN"}, "text": "Bagus", "sharedPost": {
                      "url": "https://www.facebook.com/h/posts/1", "text": "asal", "user": {"name": "Halaman Contoh"}}}]
            ).encode()
        },
        "apify_tweets": {
            "dataset.json": json.dumps([
                {"type": "tweet", "id": "1790000000000000101", "url": "https://x.com/asn_0340/status/1790000000000000101", "text": "senam pagi", "fullText": "senam pagi bersama",
                 "createdAt": "Fri May 17 03:00:00 +0000 2024", "author": {"userName": "asn_0340"}, "isReply": False, "conversationId": "1790000000000000101"},
                {"type": "tweet", "id": "1790000000000000102", "url": "https://x.com/asn_0340/status/1790000000000000102", "text": "@akun_contoh siap", "createdAt": "Fri May 17 03:01:00 +0000 2024",
                 "author": {"userName": "asn_0340"}, "isReply": True, "inReplyToId": "1790000000000000100", "inReplyToUsername": "akun_contoh"},
                {"type": "tweet", "id": "1790000000000000103", "url": "https://x.com/asn_0340/status/1790000000000000103", "text": "RT @akun_contoh: ayo sen…", "createdAt": "Fri May 17 03:02:00 +0000 2024",
                 "author": {"userName": "asn_0340"}, "isRetweet": True, "retweet": {"id": "1790000000000000099", "url": "https://x.com/akun_contoh/status/1790000000000000099", "text": "ayo senam bersama", "author": {"userName": "akun_contoh"}}},
                {"type": "tweet", "id": "1790000000000000104", "url": "https://x.com/asn_0340/status/1790000000000000104", "text": "setuju", "createdAt": "Fri May 17 03:03:00 +0000 2024",
                 "author": {"userName": "asn_0340"}, "isQuote": True, "quote": {"id": "1790000000000000099", "url": "https://x.com/akun_contoh/status/1790000000000000099", "text": "ayo senam bersama", "author": {"userName": "akun_contoh"}}},
            ]).encode()
        },
        "apify_youtube_comments": {
            "dataset.json": json.dumps([
                {"comment": "semangat", "cid": "Ugx1", "author": "@asn_0341", "videoId": "abcdefghijk", "pageUrl": "https://www.youtube.com/watch?v=abcdefghijk", "title": "Senam", "type": "comment", "publishedTimeText": "2 bulan yang lalu"},
                {"comment": "terima kasih", "cid": "Ugx2", "author": "@akun_contoh", "videoId": "abcdefghijk", "pageUrl": "https://www.youtube.com/watch?v=abcdefghijk", "title": "Senam", "type": "reply", "replyToCid": "Ugx1", "publishedAt": "2024-10-01T01:00:00.000Z"},
            ]).encode()
        },
        "apify_facebook_groups": {
            "dataset.json": json.dumps([
                {"facebookUrl": "https://www.facebook.com/groups/wargacontoh", "url": "https://www.facebook.com/groups/wargacontoh/permalink/91/", "time": "2024-10-01T01:00:00.000Z",
                 "user": {"id": "7", "name": "Contoh ASN"}, "text": "kerja bakti", "legacyId": "91", "groupTitle": "Warga Contoh", "attachments": [{"ocrText": "MINGGU PAGI"}],
                 "topComments": [{"commentUrl": "https://www.facebook.com/c/92", "id": "c92", "text": "hadir", "date": "2024-10-01T02:00:00.000Z", "profileName": "Rekan Contoh"}]},
            ]).encode()
        },
        "apify_instagram_profile": {
            "dataset.json": json.dumps([
                {"inputUrl": "https://www.instagram.com/asn.0342", "id": "9", "username": "asn.0342", "fullName": "A", "biography": "abdi negara", "followersCount": 3, "latestPosts": [
                    {"id": "1", "type": "Image", "shortCode": "AAA", "caption": "senam", "url": "https://www.instagram.com/p/AAA/", "timestamp": "2024-10-01T01:00:00.000Z", "ownerUsername": "asn.0342",
                     "taggedUsers": [{"username": "rekan_a"}, {"username": "rekan_b"}]}]},
            ]).encode()
        },
        "bluesky_posts": {
            "kiriman.json": json.dumps([
                {"uri": "at://did:plc:abc/app.bsky.feed.post/3k1", "author": {"did": "did:plc:abc", "handle": "asn.contoh.test"}, "record": {"text": "senam pagi", "createdAt": "2024-10-01T01:00:00Z", "embed": {"images": [{"alt": "poster senam"}]}}},
                {"uri": "at://did:plc:abc/app.bsky.feed.post/3k2", "author": {"did": "did:plc:abc", "handle": "asn.contoh.test"}, "record": {"text": "siap", "createdAt": "2024-10-01T01:01:00Z", "reply": {"parent": {"uri": "at://did:plc:xyz/app.bsky.feed.post/3k0"}}}},
            ]).encode()
        },
        "fourcat_facebook": {
            "facebook.csv": _csv(
                "id,url,body,timestamp,author,author_name,image_url,video_url,is_in_group,group_name,unix_timestamp\n"
                "801,https://www.facebook.com/asn/posts/801,senam pagi,2024-10-10 04:00:00,asn.0343,Contoh ASN,,,no,,1728532800\n"
                "802,https://www.facebook.com/groups/warga/posts/802,hadir,2024-10-10 04:01:00,asn.0343,Contoh ASN,,,yes,warga,1728532860\n"
            )
        },
        "meta_content_library_comments": {
            "mclk.csv": _csv(
                "id,creation_time,owner.id,owner.name,owner.username,text\n"
                "81,2024-10-01T01:00:00+00:00,9,Contoh ASN,asn_0335,setuju\n"
            )
        },
        "own_profile": {
            "pemetaan.toml": _csv(
                'schema = 1\nname = "uji"\nrequires = ["Kapan", "Siapa", "Ujaran"]\n[constants]\nkind = "comment"\n'
                'platform = "facebook"\n[columns]\nhappened_at = ["Kapan"]\nactor = ["Siapa"]\ntext = ["Ujaran"]\n'
            ),
            "data.csv": _csv("Kapan,Siapa,Ujaran\n2024-10-01,asn_0336,Baik sekali\n"),
        },
        "own_profile_wrong": {"salah.toml": _csv('schema = 1\nname = "uji"\nrequires = []\n[columns]\nlain = ["x"]\n')},
        "roster": {"pegawai.csv": _csv("platform,actor,subject_id,employment\nx,asn_0301,s1,pns\n")},
        "our_own_results": {
            "temuan.csv": _csv("\ufeffid_temuan;akun;platform;waktu_kejadian;kutipan;putusan\nt1;asn_0301;x;2024-10-01;halo;\n"),
            "rejected.csv": _csv("source_file,source_pointer,reason,raw\na.csv,row 2,waktu tidak sah,{}\n"),
        },
        "unknown_table": {"x.csv": _csv("Kolom A,Kolom B\n1,2\n")},
    }  # fmt: skip
