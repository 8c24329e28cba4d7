from comity.core.module import ModuleConfig


class SiteConfig(ModuleConfig):
    name = "comity.site"
    label = "site"
