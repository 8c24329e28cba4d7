"""The grammar of counting in Chinese reports, as data: classifiers, qualifiers, where a counted noun ends.

Source: the closed word classes of modern written Chinese (classifiers, prepositions, aspect marks), and the verbs
that official reports use for what an office does. No noun of any report stands here.
"""

from __future__ import annotations

from .numerals import CHINESE_DIGITS, CHINESE_SCALES, alternatives, words

NUMERAL_LETTERS = [*CHINESE_DIGITS, *CHINESE_SCALES]

# Words before a number, and after it, that qualify it.
BEFORE = {
    "逾": "more_than",
    "超过": "more_than",
    "多于": "more_than",
    "高于": "more_than",
    "大于": "more_than",
    "不止": "more_than",
    "至少": "at_least",
    "不少于": "at_least",
    "不低于": "at_least",
    "最少": "at_least",
    "近": "nearly",
    "将近": "nearly",
    "接近": "nearly",
    "几乎": "nearly",
    "约": "about",
    "大约": "about",
    "约为": "about",
    "大概": "about",
    "左右": "about",
}
AFTER = {
    "多": "more_than",
    "余": "more_than",
    "以上": "more_than",
    "左右": "about",
    "上下": "about",
}
# "Fewer than" and "up to": no qualifier says them, so they are offered as unresolved.
BELOW = ("不到", "不足", "少于", "低于", "小于", "至多", "最多", "不超过", "多达")

# Nouns that are counted without a classifier.
DIRECT = words(
    """
    人次 人 国 年 个月 月 周 天 小时 分钟 公里 海里 英里 平方公里 公顷 吨 公吨 公斤 千克 克 升
    岁 倍
    """
)
CLASSIFIERS = words(
    """
    个 名 项 份 种 次 轮 套 本 位 场 届 家 所 座 处 件 起 批 条 部 册 期 类 支 台 例 宗
    组 队 艘 架 辆 只 头 张 幅 篇 笔 门 堂 间 栋 幢 段 层 片 块 枚 封 幕 回 趟 款 颗 株
    对 大
    """
)
# A single one of these is a manner of speaking ("a kind of"), not a count.
NOT_WITH_ONE = words("种 类 期 大 对 段 层 片 块 款 部 组 批 头 间 回")

# Words that cannot belong to the counted noun: it ends before them.
FUNCTION_WORDS = words(
    """
    在 于 从 向 由 被 把 将 已 曾 均 都 并 且 共 是 为 有 可 应 未 没有 不 也 还 又 但 或
    如 等 对 就 正在 根据 按照 依照 通过 以便 以期 左右 以上 上下 为了 直接 间接 总计 以来 期间 之间 之内 以内
    其中 包括 分别 继续 能够 须 需要 尚 仍 则 而 方面 参与 只 仅 以
    """
)
# Words in which such a word of one letter is no boundary.
INSIDE_NOUNS = words(
    """
    行为 作为 成为 认为 人为 属于 关于 对于 基于 潜在 存在 现在 内在 外在 在线 在押 在职 所在
    有组织 有效 有害 有关 所有 国有 私有 拥有 享有 持有 有色 有限 有毒 有形 可持续 可行 可再生 许可
    可卡因 认可 可疑 可燃 可可 不平等 不明 不法 不限 不动产 不扩散 不良 不当 应急 应用 供应 反应
    响应 对应 效应 应对 未成年 未来 未遂 未婚 未决 将军 将来 将官 从业 从属 从事 从犯 方向 倾向
    走向 向导 自由 理由 由来 公共 共同 共和 共管 共享 平等 高等 初等 等级 中等 非正式 正式 而且
    对话 对策 对口 对象 反对 针对 对照 对外 就业 成就 因素 原因 基因 使用 利用 应用 作用 用户 用途
    用品 专用 通用 信用 适用 以色列 足以 以上 以下 参与 同意 合同 共同体 协同 同行 同伴 只有 不丹
    不得 土著 如何 例如 突发 首都 成都 都市 并购 合并 均衡 平均 人均 由于 是非 正在 而非 仅有 以及
    与会 有期 有罪 有机
    """
)
# Verbs of what an office does or those it serves do. As the first word of a noun they are part of it (培训讲习班).
VERBS = words(
    """
    追回 返还 认捐 招募 识别 查明 分享 交流 遵守 纳入
    提供 参加 接受 受益 开展 进行 举办 举行 召开 试行 加强 支持 完成 起草 修订 制定 获得 应对 努力
    负责 定稿 常驻 实施 执行 加入 批准 通过 采取 参与 访问 接触 使用 利用 处理 处置 改善 改进 促进
    推动 推进 帮助 协助 开发 编写 编制 发布 出版 设立 建立 建设 组织 签署 发起 启动 开始 运作 组成
    达成 提出 提交 收集 报告 表示 注册 报名 毕业 出席 来自 涉及 生效 下载 查阅 浏览 达到 增加 减少
    增至 降至 上升 下降 取得 履行 维持 保持 扩大 覆盖 派遣 部署 审议 审查 讨论 印发 分发 介绍 讲授
    传播 说明 显示 致力 遭受 获救 被捕 落网 逮捕 缉获 没收 起诉 定罪 判刑 承担 作出 做出 发表 给予
    受到 得到 予以 现已 得以
    """
)
# Verbs that are nouns too: part of the counted noun where it ends with them (民间社会组织, 研究报告).
NOUN_VERBS = words(
    """
    组织 报告 建设 审议 审查 访问 支持 起诉 没收 定罪 判刑 讨论 介绍 说明 修订 改进 改善 交流
    协助 帮助 招募 分享 认捐 注册 出版 执行 查明 部署
    """
)
# Adverbials of scope: "at the global level" after a noun is not part of it.
SCOPE = r"(?:全球|国际|区域|次区域|国家|地方|各国)(?:一级|两级|三级|各级|和[^，。]{1,6}级)"

# A modifier before 的 that is not itself the counted noun begins with one of these, or is an adjective.
OPENS_MODIFIER = words(
    """
    关于 涉及 针对 基于 用于 旨在 旨于 以 将 由 在 为 对 与 有 就 向 从 被 经 据 不 未 已 正
    可 能 无 非常 名为 题为 称为 具有 具备 包含 包括 更 最 较 专门 属于 位于
    """
)
ADJECTIVES = words(
    """
    新 旧 大 小 全面 专门 完整 单独 不同 具体 独立 重要 主要 实用 长期 短期 综合 现有 最新 广泛
    其他 类似 有关 相关 共同 全新 崭新 额外 特别 特定 正式 初步 详细 深入 系统 定期 更多 此类 上述
    重大 关键 典型 复杂 简单 有效 创新 高级 多边 双边
    """
)

# Where a single 一 is a count: something done, being done or conjoined with a count; not after these.
NO_COUNT_BEFORE_ONE = words(
    """
    其中 每 这 那 同 另 任何 某 唯 统 之 第 前 后 下 上 各 是 为 作为 成为 构成 万 进 不
    面临 面对 应对 遭遇 有 如 像 惟 任 逐 单
    """
)
DONE = ("了", "正在", "还在", "仍在", "已", "已经", "曾")
AIM = ("以期", "旨在", "以便", "为了", "重点是", "目的是", "希望", "力求", "争取", "应当", "需要")
# The same words before any number say that it points at things already counted.
POINTING = ("这", "那", "前", "后", "每", "头", "上述", "该", "此")

# Numbered meetings, editions and operations: kind ordinal.
SERIES = words("次 届 版 期 轮")
EVENT_HEADS = words(
    "会议 续会 届会 例会 峰会 大会 论坛 研讨会 讲习班 座谈会 讨论会 对话 行动 磋商 协商 谈判 培训班 演习 高峰会"
)
# A session that is only a place in time or the reader of a paper: "during", "considered at".
TIME_OR_READER = r"\s*(?:期间|审议|之前|之后|以前|以后|以来|上|中|结束|闭幕|的(?:报告|决定|决议|建议|结论))"
HELD = words(
    """
    举行 召开 举办 组织 服务 主办 召集 出版 发布 发行 印发 编写 编制
    """
)

# Dates that are what the sentence states: beginnings, ends, adoptions, plans.
STATE_CHANGES = words(
    """
    发起 启动 通过 生效 成立 设立 推出 颁布 签署 批准 开放签署 建立 公布 施行 实行
    """
)
EXTENDED = words("延长至 延长到 推迟至 推迟到 延期至 延至")
MEETING_WORDS = ("举行", "召开", "举办")
BASES = ("比", "较", "同", "与", "相比", "相较", "对比")

VAGUE = (
    rf"(?<![{''.join(NUMERAL_LETTERS)}\d或更很太最诸\s])(?:(?:好几|几|若干|多|数十|数百|数千|数万|数|许多|众多)\s*"
    rf"(?:{alternatives(set(CLASSIFIERS) - set(words('种 层 大 对 片 段 期 门 条 头 回 部 类')))})|若干|一些)"
)
RECORD = r"(?:创(?:下)?(?:了)?(?:历史)?(?:纪录|记录|新高)|空前|前所未有)(?:的)?(?:数量|数目|人数|次数)"

# What names carry numbers: provisions, decisions, items, parts; never counted.
NUMBERED_NAMES = (
    r"第?\s*\d+\s*[(（]\s*\d{4}\s*[)）]\s*号",
    r"(?:附件|附录|表|图)[一二三四五六七八九十]+",
    r"第\s*[\d零〇一二三四五六七八九十百千/\ue000]+\s*号",
    r"(?:目标|指标|附件|表|图|附录|议程项目|项目|注|脚注|规则|页|第)\s*\d+(?:\.\d+)*(?:\s*(?:、|和|及|至)\s*\d+(?:\.\d+)+)*(?=\s*(?:的|（|\(|[，。、；：]|$))",
)
# Percent, money.
PERCENT = r"(?:%|个百分点)"

# Lists of names. What introduces one, what joins its items, how the names of bodies end.
LIST_LEAD = r"(?:以下|下列|如下)(?:各|几个|若干)?"
LIST_JOIN = r"以及|(?<!共)和(?![平解谐约])|(?<![以涉普])及|(?<!参)与"
BODIES = words(
    """
    组织 办公室 办事处 委员会 执行局 局 厅 署 联盟 中心 工作组 小组 工作队 基金会 银行 集团 理事会
    秘书处 网络 研究所 大学 协会
    """
)
REGIONS = (
    r"(?:撒哈拉以南)?(?:[东西南北中]|东南|东北|西南|西北)(?:部)?(?:和[东西南北中]部)?(?:非洲?|亚洲?|欧洲?|美洲?)|太平洋|加勒比|中东|"
    r"[东西南北]?巴尔干|(?:[东西南北]?部?)高加索|萨赫勒|海湾|大湖区?|波罗的海|地中海|印度洋"
)
PLACE_TAIL = words("城 城市 地区 城市地区 区域 岛屿 各国 国家 政府 沿海 联合会")
