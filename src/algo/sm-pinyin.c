/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pinyin.h"

#include <string.h>

/*
 * The 3,755 most common characters by the initial of their reading, as GB 2312
 * orders its first level, and those of the second level that are in names of
 * Chinese places and companies.  A few are read in two ways.
 */
static const struct
{
  char initial;
  const char *characters;
} readings[] = {
  { 'A',
    "啊阿埃挨哎唉哀皑癌蔼矮艾碍爱隘鞍氨安俺按暗岸胺案肮昂盎凹敖熬翱袄"
    "傲奥懊澳岙鳌瑷" },
  { 'B',
    "芭捌扒叭吧笆八疤巴拔跋靶把耙坝霸罢爸白柏百摆佰败拜稗斑班搬扳般颁"
    "板版扮拌伴瓣半办绊邦帮梆榜膀绑棒磅蚌镑傍谤苞胞包褒剥薄雹保堡饱宝"
    "抱报暴豹鲍爆杯碑悲卑北辈背贝钡倍狈备惫焙被奔苯本笨崩绷甭泵蹦迸逼"
    "鼻比鄙笔彼碧蓖蔽毕毙毖币庇痹闭敝弊必辟壁臂避陛鞭边编贬扁便变卞辨"
    "辩辫遍标彪膘表鳖憋别瘪彬斌濒滨宾摈兵冰柄丙秉饼炳病并玻菠播拨钵波"
    "博勃搏铂箔伯帛舶脖膊渤泊驳捕卜哺补埠不布步簿部怖亳璧灞坂" },
  { 'C',
    "擦猜裁材才财睬踩采彩菜蔡餐参蚕残惭惨灿苍舱仓沧藏操糙槽曹草厕策侧"
    "册测层蹭插叉茬茶查碴搽察岔差诧拆柴豺搀掺蝉馋谗缠铲产阐颤昌猖场尝"
    "常长偿肠厂敞畅唱倡超抄钞朝嘲潮巢吵炒车扯撤掣彻澈郴臣辰尘晨忱沉陈"
    "趁衬撑称城橙成呈乘程惩澄诚承逞骋秤吃痴持匙池迟弛驰耻齿侈尺赤翅斥"
    "炽充冲虫崇宠抽酬畴踌稠愁筹仇绸瞅丑臭初出橱厨躇锄雏滁除楚础储矗搐"
    "触处揣川穿椽传船喘串疮窗幢床闯创吹炊捶锤垂春椿醇唇淳纯蠢戳绰疵茨"
    "磁雌辞慈瓷词此刺赐次聪葱囱匆从丛凑粗醋簇促蹿篡窜摧崔催脆瘁粹淬翠"
    "村存寸磋撮搓措挫错岑晟铖漕浐" },
  { 'D',
    "搭达答瘩打大呆歹傣戴带殆代贷袋待逮怠耽担丹单郸掸胆旦氮但惮淡诞弹"
    "蛋当挡党荡档刀捣蹈倒岛祷导到稻悼道盗德得的蹬灯登等瞪凳邓堤低滴迪"
    "敌笛狄涤翟嫡抵底地蒂第帝弟递缔颠掂滇碘点典靛垫电佃甸店惦奠淀殿碉"
    "叼雕凋刁掉吊钓调跌爹碟蝶迭谍叠丁盯叮钉顶鼎锭定订丢东冬董懂动栋侗"
    "恫冻洞兜抖斗陡豆逗痘都督毒犊独读堵睹赌杜镀肚度渡妒端短锻段断缎堆"
    "兑队对墩吨蹲敦顿囤钝盾遁掇哆多夺垛躲朵跺舵剁惰堕峒儋岱" },
  { 'E',
    "蛾峨鹅俄额讹娥恶厄扼遏鄂饿恩而儿耳尔饵洱二贰" },
  { 'F',
    "发罚筏伐乏阀法珐藩帆番翻樊矾钒繁凡烦反返范贩犯饭泛坊芳方肪房防妨"
    "仿访纺放菲非啡飞肥匪诽吠肺废沸费芬酚吩氛分纷坟焚汾粉奋份忿愤粪丰"
    "封枫蜂峰锋风疯烽逢冯缝讽奉凤佛否夫敷肤孵扶拂辐幅氟符伏俘服浮涪福"
    "袱弗甫抚辅俯釜斧脯腑府腐赴副覆赋复傅付阜父腹负富讣附妇缚咐滏酆沣" },
  { 'G',
    "噶嘎该改概钙盖溉干甘杆柑竿肝赶感秆敢赣冈刚钢缸肛纲岗港杠篙皋高膏"
    "羔糕搞镐稿告哥歌搁戈鸽胳疙割革葛格蛤阁隔铬个各给根跟耕更庚羹埂耿"
    "梗工攻功恭龚供躬公宫弓巩汞拱贡共钩勾沟苟狗垢构购够辜菇咕箍估沽孤"
    "姑鼓古蛊骨谷股故顾固雇刮瓜剐寡挂褂乖拐怪棺关官冠观管馆罐惯灌贯光"
    "广逛瑰规圭硅归龟闺轨鬼诡癸桂柜跪贵刽辊滚棍锅郭国果裹过莞藁虢崞" },
  { 'H',
    "哈骸孩海氦亥害骇酣憨邯韩含涵寒函喊罕翰撼捍旱憾悍焊汗汉夯杭航壕嚎"
    "豪毫郝好耗号浩呵喝荷菏核禾和何合盒貉阂河涸赫褐鹤贺嘿黑痕很狠恨哼"
    "亨横衡恒轰哄烘虹鸿洪宏弘红喉侯猴吼厚候后呼乎忽瑚壶葫胡蝴狐糊湖弧"
    "虎唬护互沪户花哗华猾滑画划化话槐徊怀淮坏欢环桓还缓换患唤痪豢焕涣"
    "宦幻荒慌黄磺蝗簧皇凰惶煌晃幌恍谎灰挥辉徽恢蛔回毁悔慧卉惠晦贿秽会"
    "烩汇讳诲绘荤昏婚魂浑混豁活伙火获或惑霍货祸邗濠湟骅昊珩晖泓洹珲" },
  { 'J',
    "击圾基机畸稽积箕肌饥迹激讥鸡姬绩缉吉极棘辑籍集及急疾汲即嫉级挤几"
    "脊己蓟技冀季伎祭剂悸济寄寂计记既忌际妓继纪嘉枷夹佳家加荚颊贾甲钾"
    "假稼价架驾嫁歼监坚尖笺间煎兼肩艰奸缄茧检柬碱硷拣捡简俭剪减荐槛鉴"
    "践贱见键箭件健舰剑饯渐溅涧建僵姜将浆江疆蒋桨奖讲匠酱降蕉椒礁焦胶"
    "交郊浇骄娇嚼搅铰矫侥脚狡角饺缴绞剿教酵轿较叫窖揭接皆秸街阶截劫节"
    "桔杰捷睫竭洁结解姐戒藉芥界借介疥诫届巾筋斤金今津襟紧锦仅谨进靳晋"
    "禁近烬浸尽劲荆兢茎睛晶鲸京惊精粳经井警景颈静境敬镜径痉靖竟竞净炯"
    "窘揪究纠玖韭久灸九酒厩救旧臼舅咎就疚鞠拘狙疽居驹菊局咀矩举沮聚拒"
    "据巨具距踞锯俱句惧炬剧捐鹃娟倦眷卷绢撅攫抉掘倔爵觉决诀绝均菌钧军"
    "君峻俊竣浚郡骏莒缙泾暨鄄璟郏鸠" },
  { 'K',
    "喀咖卡咯开揩楷凯慨刊堪勘坎砍看康慷糠扛抗亢炕考拷烤靠坷苛柯棵磕颗"
    "科壳咳可渴克刻客课肯啃垦恳坑吭空恐孔控抠口扣寇枯哭窟苦酷库裤夸垮"
    "挎跨胯块筷侩快宽款匡筐狂框矿眶旷况亏盔岿窥葵奎魁傀馈愧溃坤昆捆困"
    "括扩廓阔岢崆锟鲲夔" },
  { 'L',
    "垃拉喇蜡腊辣啦莱来赖蓝婪栏拦篮阑兰澜谰揽览懒缆烂滥琅榔狼廊郎朗浪"
    "捞劳牢老佬姥酪烙涝勒乐雷镭蕾磊累儡垒擂肋类泪棱楞冷厘梨犁黎篱狸离"
    "漓理李里鲤礼莉荔吏栗丽厉励砾历利傈例俐痢立粒沥隶力璃哩俩联莲连镰"
    "廉怜涟帘敛脸链恋炼练粮凉梁粱良两辆量晾亮谅撩聊僚疗燎寥辽潦了撂镣"
    "廖料列裂烈劣猎琳林磷霖临邻鳞淋凛赁吝拎玲菱零龄铃伶羚凌灵陵岭领另"
    "令溜琉榴硫馏留刘瘤流柳六龙聋咙笼窿隆垄拢陇楼娄搂篓漏陋芦卢颅庐炉"
    "掳卤虏鲁麓碌露路赂鹿潞禄录陆戮驴吕铝侣旅履屡缕虑氯律率滤绿峦挛孪"
    "滦卵乱掠略抡轮伦仑沦纶论萝螺罗逻锣箩骡裸落洛骆络泸崂漯醴浏岚蠡栾"
    "阆溧麟珑澧蔺涞" },
  { 'M',
    "妈麻玛码蚂马骂嘛吗埋买麦卖迈脉瞒馒蛮满蔓曼慢漫谩芒茫盲氓忙莽猫茅"
    "锚毛矛铆卯茂冒帽貌贸么玫枚梅酶霉煤没眉媒镁每美昧寐妹媚门闷们萌蒙"
    "檬盟锰猛梦孟眯醚靡糜迷谜弥米秘觅泌蜜密幂棉眠绵冕免勉娩缅面苗描瞄"
    "藐秒渺庙妙蔑灭民抿皿敏悯闽明螟鸣铭名命谬摸摹蘑模膜磨摩魔抹末莫墨"
    "默沫漠寞陌谋牟某拇牡亩姆母墓暮幕募慕木目睦牧穆岷嘧嵋淼濛峁" },
  { 'N',
    "拿哪呐钠那娜纳氖乃奶耐奈南男难囊挠脑恼闹淖呢馁内嫩能妮霓倪泥尼拟"
    "你匿腻逆溺蔫拈年碾撵捻念娘酿鸟尿捏聂孽啮镊镍涅您柠狞凝宁拧泞牛扭"
    "钮纽脓浓农弄奴努怒女暖虐疟挪懦糯诺" },
  { 'O',
    "哦欧鸥殴藕呕偶沤瓯" },
  { 'P',
    "啪趴爬帕怕琶拍排牌徘湃派攀潘盘磐盼畔判叛乓庞旁耪胖抛咆刨炮袍跑泡"
    "呸胚培裴赔陪配佩沛喷盆砰抨烹澎彭蓬棚硼篷膨朋鹏捧碰坯砒霹批披劈琵"
    "毗啤脾疲皮匹痞僻屁譬篇偏片骗飘漂瓢票撇瞥拼频贫品聘乒坪苹萍平凭瓶"
    "评屏坡泼颇婆破魄迫粕剖扑铺仆莆葡菩蒲埔朴圃普浦谱曝瀑濮鄱郫邳" },
  { 'Q',
    "期欺栖戚妻七凄漆柒沏其棋奇歧畦崎脐齐旗祈祁骑起岂乞企启契砌器气迄"
    "弃汽泣讫掐恰洽牵扦钎铅千迁签仟谦乾黔钱钳前潜遣浅谴堑嵌欠歉枪呛腔"
    "羌墙蔷强抢橇锹敲悄桥瞧乔侨巧鞘撬翘峭俏窍切茄且怯窃钦侵亲秦琴勤芹"
    "擒禽寝沁青轻氢倾卿清擎晴氰情顷请庆琼穷秋丘邱球求囚酋泅趋区蛆曲躯"
    "屈驱渠取娶龋趣去圈颧权醛泉全痊拳犬券劝缺炔瘸却鹊榷确雀裙群衢邛綦"
    "蕲麒骐琪祺溱岐" },
  { 'R',
    "然燃冉染瓤壤攘嚷让饶扰绕惹热壬仁人忍韧任认刃妊纫扔仍日戎茸蓉荣融"
    "熔溶容绒冗揉柔肉茹蠕儒孺如辱乳汝入褥软阮蕊瑞锐闰润若弱芮" },
  { 'S',
    "撒洒萨腮鳃塞赛三叁伞散桑嗓丧搔骚扫嫂瑟色涩森僧莎砂杀刹沙纱傻啥煞"
    "筛晒珊苫杉山删煽衫闪陕擅赡膳善汕扇缮墒伤商赏晌上尚裳梢捎稍烧芍勺"
    "韶少哨邵绍奢赊蛇舌舍赦摄射慑涉社设砷申呻伸身深娠绅神沈审婶甚肾慎"
    "渗声生甥牲升绳省盛剩胜圣师失狮施湿诗尸虱十石拾时什食蚀实识史矢使"
    "屎驶始式示士世柿事拭誓逝势是嗜噬适仕侍释饰氏市恃室视试收手首守寿"
    "授售受瘦兽蔬枢梳殊抒输叔舒淑疏书赎孰熟薯暑曙署蜀黍鼠属术述树束戍"
    "竖墅庶数漱恕刷耍摔衰甩帅栓拴霜双爽谁水睡税吮瞬顺舜说硕朔烁斯撕嘶"
    "思私司丝死肆寺嗣四伺似饲巳松耸怂颂送宋讼诵搜艘擞嗽苏酥俗素速粟僳"
    "塑溯宿诉肃酸蒜算虽隋随绥髓碎岁穗遂隧祟孙损笋蓑梭唆缩琐索锁所濉泗"
    "睢嵊沭歙嵩" },
  { 'T',
    "塌他它她塔獭挞蹋踏胎苔抬台泰酞太态汰坍摊贪瘫滩坛檀痰潭谭谈坦毯袒"
    "碳探叹炭汤塘搪堂棠膛唐糖倘躺淌趟烫掏涛滔绦萄桃逃淘陶讨套特藤腾疼"
    "誊梯剔踢锑提题蹄啼体替嚏惕涕剃屉天添填田甜恬舔腆挑条迢眺跳贴铁帖"
    "厅听烃汀廷停亭庭挺艇通桐酮瞳同铜彤童桶捅筒统痛偷投头透凸秃突图徒"
    "途涂屠土吐兔湍团推颓腿蜕褪退吞屯臀拖托脱鸵陀驮驼椭妥拓唾郯钛洮沱" },
  { 'W',
    "挖哇蛙洼娃瓦袜歪外豌弯湾玩顽丸烷完碗挽晚皖惋宛婉万腕汪王亡枉网往"
    "旺望忘妄威巍微危韦违桅围唯惟为潍维苇萎委伟伪尾纬未蔚味畏胃喂魏位"
    "渭谓尉慰卫瘟温蚊文闻纹吻稳紊问嗡翁瓮挝蜗涡窝我斡卧握沃巫呜钨乌污"
    "诬屋无芜梧吾吴毋武五捂午舞伍侮坞戊雾晤物勿务悟误婺汶" },
  { 'X',
    "昔熙析西硒矽晰嘻吸锡牺稀息希悉膝夕惜熄烯溪汐犀檄袭席习媳喜铣洗系"
    "隙戏细瞎虾匣霞辖暇峡侠狭下厦夏吓掀锨先仙鲜纤咸贤衔舷闲涎弦嫌显险"
    "现献县腺馅羡宪陷限线相厢镶香箱襄湘乡翔祥详想响享项巷橡像向象萧硝"
    "霄削哮嚣销消宵淆晓小孝校肖啸笑效楔些歇蝎鞋协挟携邪斜胁谐写械卸蟹"
    "懈泄泻谢屑薪芯锌欣辛新忻心信衅星腥猩惺兴刑型形邢行醒幸杏性姓兄凶"
    "胸匈汹雄熊休修羞朽嗅锈秀袖绣墟戌需虚嘘须徐许蓄酗叙旭序畜恤絮婿绪"
    "续轩喧宣悬旋玄选癣眩绚靴薛学穴雪血勋熏循旬询寻驯巡殉汛训讯逊迅盱"
    "隰溆崤浠鑫骁潇玺淅芗" },
  { 'Y',
    "压押鸦鸭呀丫芽牙蚜崖衙涯雅哑亚讶焉咽阉烟淹盐严研蜒岩延言颜阎炎沿"
    "奄掩眼衍演艳堰燕厌砚雁唁彦焰宴谚验殃央鸯秧杨扬佯疡羊洋阳氧仰痒养"
    "样漾邀腰妖瑶摇尧遥窑谣姚咬舀药要耀椰噎耶爷野冶也页掖业叶曳腋夜液"
    "一壹医揖铱依伊衣颐夷遗移仪胰疑沂宜姨彝椅蚁倚已乙矣以艺抑易邑屹亿"
    "役臆逸肄疫亦裔意毅忆义益溢诣议谊译异翼翌绎茵荫因殷音阴姻吟银淫寅"
    "饮尹引隐印英樱婴鹰应缨莹萤营荧蝇迎赢盈影颖硬映哟拥佣臃痈庸雍踊蛹"
    "咏泳涌永恿勇用幽优悠忧尤由邮铀犹油游酉有友右佑釉诱又幼迂淤于盂榆"
    "虞愚舆余俞逾鱼愉渝渔隅予娱雨与屿禹宇语羽玉域芋郁吁遇喻峪御愈欲狱"
    "育誉浴寓裕预豫驭鸳渊冤元垣袁原援辕园员圆猿源缘远苑愿怨院曰约越跃"
    "钥岳粤月悦阅耘云郧匀陨允运蕴酝晕韵孕兖郓眙鄞沅攸禺琊黟邕峄焱垚钰"
    "驿滢昱煜晔塬甬颍鄢郾筠" },
  { 'Z',
    "匝砸杂栽哉灾宰载再在咱攒暂赞赃脏葬遭糟凿藻枣早澡蚤躁噪造皂灶燥责"
    "择则泽贼怎增憎曾赠扎喳渣札轧铡闸眨栅榨咋乍炸诈摘斋宅窄债寨瞻毡詹"
    "粘沾盏斩辗崭展蘸栈占战站湛绽樟章彰漳张掌涨杖丈帐账仗胀瘴障招昭找"
    "沼赵照罩兆肇召遮折哲蛰辙者锗蔗这浙珍斟真甄砧臻贞针侦枕疹诊震振镇"
    "阵蒸挣睁征狰争怔整拯正政帧症郑证芝枝支吱蜘知肢脂汁之织职直植殖执"
    "值侄址指止趾只旨纸志挚掷至致置帜峙制智秩稚质炙痔滞治窒中盅忠钟衷"
    "终种肿重仲众舟周州洲诌粥轴肘帚咒皱宙昼骤珠株蛛朱猪诸诛逐竹烛煮拄"
    "瞩嘱主著柱助蛀贮铸筑住注祝驻抓爪拽专砖转撰赚篆桩庄装妆撞壮状椎锥"
    "追赘坠缀谆准捉拙卓桌琢茁酌啄着灼浊兹咨资姿滋淄孜紫仔籽滓子自渍字"
    "鬃棕踪宗综总纵邹走奏揍租足卒族祖诅阻组钻纂嘴醉最罪尊遵昨左佐柞做"
    "作坐座圳涿獐梓" },
  /* second readings, in names of places */
  { 'X', "厦行" },
  { 'C', "重车" },
  { 'Z', "长曾" },
  { 'P', "番埔泊" },
  { 'Y', "乐尉" },
  { 'L', "六" },
  { 'B', "埔蚌" },
  { 'S', "晟单" },
  { 'T', "峒" },
  { 'D', "都" },
  { 'H', "会" },
};

/* Of characters: the letters as bits, 1 for 'a'. */
static GHashTable *
make_table (void)
{
  GHashTable *table = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    for (const char *p = readings[i].characters; *p != '\0'; p = g_utf8_next_char (p))
      {
        gpointer key = GUINT_TO_POINTER (g_utf8_get_char (p));
        guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

        bits |= 1u << (readings[i].initial - 'A');
        g_hash_table_insert (table, key, GUINT_TO_POINTER (bits));
      }
  return table;
}

static guint
initials_of (gunichar c)
{
  static gsize once;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = make_table ();
      g_once_init_leave (&once, 1);
    }
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, GUINT_TO_POINTER (c)));
}

/** sm_pinyin_initial: Returns: the small letter that the reading of @c begins with, or 0 */
char
sm_pinyin_initial (gunichar c)
{
  guint bits = initials_of (c);

  return bits == 0 ? 0 : (char) ('a' + g_bit_nth_lsf (bits, -1));
}

/* What is said as if it were not there: between the parts of a plate, say. */
static gboolean
is_separator (gunichar c)
{
  return c == ' ' || c == '-' || c == '.' || c == '_' || c == '/' || c == 0xb7 || c == 0x2022
         || c == 0x2027 || c == 0x30fb || c == 0x3000 || c == 0xff65 || c == '#';
}

static gunichar
fold_one (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - 0x21;
  if (c < 0x80)
    return (gunichar) g_ascii_tolower ((char) c);
  return g_unichar_tolower (c);
}

/**
 * sm_search_fold:
 * @text: UTF-8
 * @folded: (out): of @size bytes; ends with 0, cut at a whole character
 *
 * Brings what a person says and what a thing is called to one form: half
 * width, small letters, no separators.
 *
 * Returns: the length of @folded
 */
gsize
sm_search_fold (const char *text,
                char       *folded,
                gsize       size)
{
  gsize n = 0;

  g_return_val_if_fail (size > 0, 0);

  for (const char *p = text; *p != '\0' && n + 7 < size; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);

      c = fold_one (c);
      if (is_separator (c))
        continue;
      if (c < 0x80)
        folded[n++] = (char) c;
      else
        n += (gsize) g_unichar_to_utf8 (c, folded + n);
    }
  folded[n] = '\0';
  return n;
}

/* Whether the letters are the initials of the characters from @name on. */
static gboolean
begins_with_initials (const char *name,
                      const char *letters)
{
  for (; *letters != '\0'; letters++, name = g_utf8_next_char (name))
    {
      gunichar c = *name != '\0' ? g_utf8_get_char (name) : 0;

      if (c == 0)
        return FALSE;
      if (c < 0x80 ? c != (gunichar) *letters
                   : !g_ascii_isalpha (*letters)
                         || (initials_of (c) & (1u << (*letters - 'a'))) == 0)
        return FALSE;
    }
  return TRUE;
}

static SmMatch
match_initials (const char *name,
                const char *letters)
{
  for (const char *p = letters; *p != '\0'; p++)
    if ((guchar) *p >= 0x80)
      return SM_MATCH_NONE;
  /* One letter begins too much, and plain text was looked at already. */
  if (letters[0] == '\0' || letters[1] == '\0')
    return SM_MATCH_NONE;
  if (begins_with_initials (name, letters))
    return SM_MATCH_INITIALS;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar) *p >= 0x80 && begins_with_initials (p, letters))
      return SM_MATCH_PART;
  return SM_MATCH_NONE;
}

static gboolean
has_wide (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return TRUE;
  return FALSE;
}

/**
 * sm_search_match:
 * @name: what a thing is called
 * @folded: what a person said, by sm_search_fold()
 *
 * Returns: how well that fits; the smaller the better
 */
SmMatch
sm_search_match (const char *name,
                 const char *folded)
{
  char own[SM_SEARCH_MAX];
  gsize length = sm_search_fold (name, own, sizeof own), wanted = strlen (folded);
  const char *at;

  if (wanted == 0)
    return SM_MATCH_NONE;
  at = wanted <= length ? strstr (own, folded) : NULL;
  if (at == NULL)
    return has_wide (own) ? match_initials (own, folded) : SM_MATCH_NONE;
  if (wanted == length)
    return SM_MATCH_EXACT;
  if (wanted >= 4 && memcmp (own + length - wanted, folded, wanted) == 0)
    return SM_MATCH_TAIL;
  return at == own ? SM_MATCH_START : SM_MATCH_PART;
}
