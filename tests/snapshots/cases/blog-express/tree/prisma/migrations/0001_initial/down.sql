-- DropTable
DROP TABLE "posts_tags";

-- DropTable
DROP TABLE "comments";

-- DropTable
DROP TABLE "posts";

-- DropTable
DROP TABLE "tags";

-- DropTable
DROP TABLE "refresh_tokens";

-- DropTable
DROP TABLE "users";

