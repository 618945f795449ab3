-- Every request is a new comment by a new author under one of the posts.
-- Arguments: a name for this run, so that no two runs repeat a comment; the first and the last post.
local run, first, last
local count = 0

function init(arguments)
    run = arguments[1]
    first = tonumber(arguments[2])
    last = tonumber(arguments[3])
end

function request()
    count = count + 1
    local author = "visitor-" .. run .. "-" .. count
    local post = first + count % (last - first + 1)
    local body = "author=" .. author .. "&email=" .. author .. "%40bench.test&url="
        .. "&comment=A+comment+of+some+length+by+" .. author .. ",+who+liked+the+post+and+says+so+in+one+sentence."
        .. "&comment_post_ID=" .. post .. "&comment_parent=0"
    local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
    for name, value in pairs(wrk.headers) do
        headers[name] = value
    end
    return wrk.format("POST", nil, headers, body)
end
