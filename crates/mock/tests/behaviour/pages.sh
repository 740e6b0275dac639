# Every curl line of the pages, as printed there. Where the guide's print of a line runs on into the text that follows, the
# line ends before that text (spec/README.md, "Sample requests that do not work as printed").

# List all chats
curl --request GET \
  --url 'https://api.postpress.ai/api/v1/chats?account_id=acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR&limit=100' \
  --header 'X-API-KEY: pp_live_...' \
  --header 'accept: application/json'

# Start a new chat
curl --request POST \
  --url 'https://api.postpress.ai/api/v1/chats' \
  --header 'X-API-KEY: pp_live_...' \
  --header 'accept: application/json' \
  --header 'content-type: multipart/form-data' \
  --form 'account_id=acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR' \
  --form 'attendees_ids[]=ACoAACr-1eYBl...' \
  --form 'text=Hey! Interested in chatting about your role.' \
  --form 'linkedin[api]=classic' \
  --form 'linkedin[inmail]=true'

# Retrieve a chat
curl --request GET \
--url 'https://api.postpress.ai/api/v1/chats/chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR' \
--header 'X-API-KEY: pp_live_...' \
--header 'accept: application/json'

# Send a message in a chat
curl --request POST \
--url 'https://api.postpress.ai/api/v1/chats/chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR/messages' \
--header 'X-API-KEY: pp_live_...' \
--header 'accept: application/json' \
--header 'content-type: multipart/form-data' \
--form 'text=Got it - thanks!' \
--form 'attachments=@/path/to/file.pdf'

# Send Messages: in an existing chat
curl --request POST \
--url https://api.postpress.ai/v1/chats/9f9uio56sopa456s/messages \
--header 'X-API-KEY: ${POSTPRESS_API_KEY}' \
--header 'accept: application/json' \
--header 'content-type: multipart/form-data' \
--form 'text=Hello world!'

# Send Messages: to a user
curl --request POST \
--url https://api.postpress.ai/v1/chats \
--header 'X-API-KEY: ${POSTPRESS_API_KEY}' \
--header 'accept: application/json' \
--header 'content-type: multipart/form-data' \
--form account_id=Yk08cDzzdsqs9_8ds \
--form 'text=Hello world!' \
--form attendees_ids=ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E

# Send Messages: an InMail
curl --request POST \
--url https://api.postpress.ai/v1/chats \
--header 'X-API-KEY: ${POSTPRESS_API_KEY}' \
--header 'accept: application/json' \
--header 'content-type: multipart/form-data' \
--form account_id=Asdq-j08dsqQS89QSD \
--form 'text=Hello world!' \
--form attendees_ids=ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E \
--form linkedin[api]=classic \
--form linkedin[inmail]=true

# Send Messages: an attachment
curl --request POST \
--url https://api.postpress.ai/v1/chats \
--header 'X-API-KEY: ${POSTPRESS_API_KEY}' \
--header 'accept: application/json' \
--header 'content-type: multipart/form-data' \
--form account_id=sSR22ds5dd_ds \
--form 'text=Hello world!' \
--form attendees_ids=ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E \
--form 'attachments=@C:\Documents\cute_dog.png'

# Send Messages: a group
curl --request POST \
--url https://api.postpress.ai/v1/chats \
--header 'X-API-KEY: ${POSTPRESS_API_KEY}' \
--header 'accept: application/json' \
--header 'content-type: multipart/form-data' \
--form account_id=k0_s8cdss9Dz8ds \
--form 'text=Hello world!' \
--form attendees_ids=33600000000@s.whatsapp.net \
--form attendees_ids=33600000001@s.whatsapp.net \
--form subject=Vacation
