from rest_framework.routers import SimpleRouter

from app.tags.views import TagViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("tags", TagViewSet, basename="tag")

urlpatterns = router.urls
