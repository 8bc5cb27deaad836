"""A client of a panel, from its API's pages and the standard library alone: `python3 panel.py <url> <user> <password>`.

Prints what it saw as one line of JSON.
"""
import hashlib
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

base, user, password = sys.argv[1:]
token = None


def call(method, path, query=None, body=None):
    url = f"{base}/api/v1/{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data=data, method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def webhook(**changed):
    entity = {
        "url": "http://127.0.0.1:9/from-python",
        "status": "disabled",
        "event_types": ["log.access_granted_by_valid_identifier"],
        "max_retries": 3,
        "secret": "0123456789abcdef",
        "timeout": 5000,
        "headers": '{"X-Door":"1"}',
        "description": "made by Python",
    }
    return {**entity, **changed}


def walk():
    global token
    seen = {}
    md5 = hashlib.md5(password.encode()).hexdigest().upper()
    seen["before"] = call("GET", "webhooks")
    seen["wrong"] = call("GET", "login", {"username": user, "password": "0" * 32})
    status, answer = call("GET", "login", {"username": user, "password": md5})
    token = answer["token"]
    seen["login"] = [status, len(token), answer["account_type"]]

    status, made = call("POST", "webhooks", body=webhook())
    uid = made["item_uid"]
    seen["created"] = [status, uid]
    seen["refused"] = call("POST", "webhooks", body=webhook(max_retries=6))
    found = call("GET", "webhooks", {"limit": 10, "page_number": 1})[1]
    seen["listed"] = [[item["item_uid"], item["url"]] for item in found["list_items"]]
    seen["total"] = found["list_options"]["pagination"]["total_items"]
    entity = call("GET", f"webhooks/{uid}")[1]
    entity["description"] = "changed by Python"
    seen["changed"] = call("PUT", f"webhooks/{uid}", body=entity)
    seen["entity"] = call("GET", f"webhooks/{uid}")[1]
    seen["deleted"] = call("DELETE", f"webhooks/{uid}")
    seen["gone"] = call("GET", f"webhooks/{uid}")

    def poll():
        query = {"limit": 50, "page_number": 1, "locale": "en", "sort_type": "asc"}
        items = call("GET", "log/items", query)[1]["list_items"]
        return [[item["name"]["key"], item["info"]["model"], type(item["timestamp"]).__name__] for item in items]

    seen["log"] = poll()
    seen["cleared"] = call("POST", "system/data/clear", body={"clear_fields": ["logs"]})
    seen["log_after"] = poll()
    seen["logout"] = call("POST", "logout")
    seen["after"] = call("GET", "webhooks")
    return seen


print(json.dumps(walk()))
