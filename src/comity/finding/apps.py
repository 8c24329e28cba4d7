from comity.core.module import ModuleConfig


class FindingConfig(ModuleConfig):
    name = "comity.finding"
    label = "finding"
    verbose_name = "Finding"
    url_prefix = "search"
    search_page = "finding:search"

    def urls(self) -> str:
        return "comity.finding.urls"
